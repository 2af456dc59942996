import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';
import { serve } from './serve.ts';

const root = resolve(import.meta.dirname, '../..');
const firstPort = 4321;
const lastPort = firstPort + 50;

/** `npm start`: builds the site and serves it on the first free port. */
async function serveOnFreePort(folder: string): Promise<number> {
  for (let port = firstPort; port <= lastPort; port++) {
    try {
      return (await serve(folder, { port })).port;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
    }
  }
  throw new Error(`All ports from ${firstPort} to ${lastPort} are taken. Stop one of the servers there.`);
}

const built = spawnSync('npm', ['run', 'build'], {
  cwd: root,
  stdio: 'inherit',
  shell: process.platform === 'win32',
});
if (built.status !== 0) process.exit(built.status ?? 1);
const port = await serveOnFreePort(resolve(root, 'dist'));
console.log(`\nWorking Papers is at http://localhost:${port}/ (Ctrl+C stops it)`);
