import { AsyncLocalStorage } from 'node:async_hooks';
import { spawn } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

export const root = resolve(import.meta.dirname, '../..');

/** What the layers say that run beside others is kept until they have ended: lines of two layers would mix. */
const kept = new AsyncLocalStorage<string[]>();

function put(text: string): void {
  const lines = kept.getStore();
  if (lines) lines.push(text);
  else process.stdout.write(text);
}

/** Prints a line, or keeps it where this runs `aside`. */
export const say = (line: string): void => put(`${line}\n`);

/** Does `work` beside other work; `print()` prints what it and its scripts said meanwhile. */
async function aside<T>(work: () => Promise<T>): Promise<{ result: T; print(): void }> {
  const lines: string[] = [];
  const result = await kept.run(lines, work);
  return { result, print: () => put(lines.join('')) };
}

/** All at once, each printed when it has ended and those before it are printed. */
export async function together<T>(works: (() => Promise<T>)[]): Promise<T[]> {
  const results: T[] = [];
  for (const begun of works.map(aside)) {
    const { result, print } = await begun;
    print();
    results.push(result);
  }
  return results;
}

/** Runs a script of an installed package on this very Node, its output going to ours. Resolves with the exit code. */
export function run(script: string, args: string[], env: Record<string, string> = {}): Promise<number> {
  const lines = kept.getStore();
  const child = spawn(process.execPath, [join(root, 'node_modules', script), ...args], {
    cwd: root,
    stdio: lines ? ['ignore', 'pipe', 'pipe'] : ['ignore', 'inherit', 'inherit'],
    // What Node made of the tools' sources is kept: each starts sooner the next time.
    env: { NODE_COMPILE_CACHE: join(root, '.cache/node'), ...process.env, ...env },
  });
  for (const stream of [child.stdout, child.stderr])
    stream?.setEncoding('utf8').on('data', (text: string) => lines?.push(text));
  return new Promise((done) => {
    child.on('error', () => done(1));
    child.on('close', (code, signal) => {
      if (code !== 0) say(`${script} ended with ${signal ?? `exit code ${code}`}`);
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
