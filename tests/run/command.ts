import { spawn } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

export const root = resolve(import.meta.dirname, '../..');

/** Runs a script of an installed package on this very Node, its output going to ours. Resolves with the exit code. */
export function run(script: string, args: string[], env: Record<string, string> = {}): Promise<number> {
  const child = spawn(process.execPath, [join(root, 'node_modules', script), ...args], {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, ...env },
  });
  return new Promise((done) => {
    child.on('error', () => done(1));
    child.on('close', (code, signal) => {
      if (code !== 0) console.log(`${script} ended with ${signal ?? `exit code ${code}`}`);
      done(code ?? 1);
    });
  });
}

/** A place for a runner's report, which is read once and removed. */
export function reportFile(layer: string): { path: string; read(): unknown } {
  const path = join(tmpdir(), `working-papers-${layer}-${process.pid}.json`);
  const read = () => {
    try {
      return JSON.parse(readFileSync(path, 'utf8'));
    } catch {
      return undefined;
    } finally {
      rmSync(path, { force: true });
    }
  };
  return { path, read };
}
