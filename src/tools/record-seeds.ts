/** The checks of a notebook on further seeds, on as many threads as there are cores, each with a kernel of its own. */
import os from 'node:os';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import { readNotebook } from '../build/cells.ts';
import { createNodeKernel } from '../kernel/node.ts';
import type { Recording } from '../protocol.ts';

type OnSeed = Recording['seeds'][number];

/** Seeds of a recording beside 0: with it twenty. */
export const furtherSeeds = Array.from({ length: 19 }, (_, i) => i + 1);

/** @throws when a cell fails on a seed. */
export async function recordSeeds(
  slug: string,
  seeds: number[],
  told: (done: number) => void = () => {},
): Promise<OnSeed[]> {
  const waiting = [...seeds];
  const found: OnSeed[] = [];
  const threads = Math.min(8, os.availableParallelism(), seeds.length);
  await Promise.all(
    Array.from({ length: threads }, () => onThread(slug, waiting, (one) => told(found.push(one)))),
  );
  return found.sort((a, b) => a.seed - b.seed);
}

/** One thread: asked for a seed after another until none is waiting. */
function onThread(slug: string, waiting: number[], found: (one: OnSeed) => void): Promise<void> {
  const thread = new Worker(new URL(import.meta.url), { workerData: { slug } });
  return new Promise<void>((resolve, reject) => {
    const next = () => {
      const seed = waiting.shift();
      if (seed === undefined) resolve();
      else thread.postMessage(seed);
    };
    thread.on('message', (answer: OnSeed | { error: string }) => {
      if ('error' in answer) return reject(new Error(answer.error));
      found(answer);
      next();
    });
    thread.on('error', reject);
    next();
  }).finally(() => thread.terminate());
}

async function serveSeeds(slug: string): Promise<void> {
  const kernel = createNodeKernel('wasm');
  kernel.load(readNotebook(slug));
  await kernel.verdict;
  parentPort!.on('message', async (seed: number) => {
    const { checks, errors } = await kernel.run({ seed });
    const [first] = errors;
    if (first)
      parentPort!.postMessage({ error: `on seed ${seed}, ${first.cell}.ts: ${first.error.message}` });
    else
      parentPort!.postMessage({
        seed,
        measured: checks.map((check) => check.measured),
        holds: checks.map((check) => check.holds),
      });
  });
}

if (!isMainThread && workerData?.slug) await serveSeeds(workerData.slug);
