import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';

/** A static host that readers use, serving a folder in which the site lies at `prefix`. */
export interface Host {
  origin: string;
  close(): void;
}

/** A free port. */
const freePort = () =>
  new Promise<number>((done) => {
    const server = createServer();
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number };
      server.close(() => done(port));
    });
  });

/** A folder with the site at `prefix`, as if it were copied there. */
export function rootWith(site: string, prefix: string): string {
  const root = mkdtempSync(join(tmpdir(), 'working-papers-host-'));
  if (prefix === '/') return site;
  const at = join(root, prefix);
  mkdirSync(dirname(at), { recursive: true });
  symlinkSync(resolve(site), at.replace(/\/$/, ''));
  return root;
}

const nginxConf = (root: string, port: number) => `
${process.getuid?.() === 0 ? 'user root;' : ''} daemon off; pid ${root}.pid; error_log /dev/null; worker_processes 1;
events {}
http {
  include /etc/nginx/mime.types; access_log off;
  client_body_temp_path ${root}.tmp; proxy_temp_path ${root}.tmp; fastcgi_temp_path ${root}.tmp;
  uwsgi_temp_path ${root}.tmp; scgi_temp_path ${root}.tmp;
  server { listen 127.0.0.1:${port}; root ${root}; error_page 404 /404.html; }
}`;

function nginx(root: string, port: number): [string, string[]] {
  const folder = mkdtempSync(join(tmpdir(), 'working-papers-nginx-'));
  const conf = join(folder, 'nginx.conf');
  writeFileSync(conf, nginxConf(root, port).replaceAll(`${root}.`, `${folder}/n.`));
  return ['nginx', ['-c', conf, '-e', '/dev/null']];
}

/** How each is started; the command that is missing is named by the tests. */
export const hosts: Record<string, (root: string, port: number) => [string, string[]]> = {
  'python3 -m http.server': (root, port) => [
    'python3',
    ['-m', 'http.server', String(port), '--bind', '127.0.0.1', '--directory', root],
  ],
  nginx,
  'npx serve': (root, port) => [
    process.execPath,
    ['node_modules/serve/build/main.js', '-L', '-n', '--symlinks', '-l', `tcp://127.0.0.1:${port}`, root],
  ],
};

const onPath = (command: string) =>
  command.startsWith('/') ||
  `${process.env.PATH}:/usr/sbin`.split(':').some((folder) => existsSync(join(folder, command)));

/** Starts a host; undefined when its command is not there. @throws when it does not answer. */
export async function startHost(name: string, root: string): Promise<Host | undefined> {
  const port = await freePort();
  const [command, args] = hosts[name](root, port);
  if (!onPath(command)) return undefined;
  const env = { ...process.env, PATH: `${process.env.PATH}:/usr/sbin` };
  const child = spawn(command, args, { stdio: 'ignore', env });
  const origin = `http://127.0.0.1:${port}`;
  for (let i = 0; i < 100; i++) {
    if (
      await fetch(origin).then(
        () => true,
        () => false,
      )
    )
      return { origin, close: () => void child.kill() };
    await new Promise((done) => setTimeout(done, 100));
  }
  child.kill();
  throw new Error(`${name} does not answer`);
}
