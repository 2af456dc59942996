import type { Notebook } from '../../protocol.ts';
import { type Answer, type Job, type LoneKernel, type Open, openKernel } from './kernel.ts';

/** How many kernels a device bears: one for each core, eight at most. */
export const poolSize = (cores = navigator.hardwareConcurrency || 2): number =>
  Math.max(1, Math.min(8, cores));

const nothing: Answer = { checks: [], milliseconds: 0, kernels: 0, peakBytes: 0, tensors: 0, operations: [] };

/**
 * Kernels on WASM beside the one of the page, which stays free. Each takes the next job when it has done one; a
 * kernel that breaks is replaced, and its job answered with what it said.
 */
export function createPool(notebook: Notebook, open: Open, size = poolSize()) {
  const kernels = new Set<LoneKernel>();
  let ended = false;

  async function start(): Promise<LoneKernel> {
    const kernel = await openKernel(open, 'wasm');
    kernels.add(kernel);
    if (ended) kernel.end();
    kernel.load(notebook);
    return kernel;
  }

  function drop(kernel: LoneKernel | undefined): void {
    if (kernel && kernels.delete(kernel)) kernel.end();
  }

  return {
    size,
    /** Answers every job, in whatever order they end; `answered` hears each with its place. Resolves when all are, or after `end`. */
    async run(jobs: Job[], answered: (at: number, answer: Answer) => void): Promise<void> {
      let next = 0;
      const work = async () => {
        let kernel: LoneKernel | undefined;
        while (!ended && next < jobs.length) {
          const at = next++;
          try {
            kernel ??= await start();
            const answer = await kernel.ask({ ...jobs[at], quiet: true });
            if (!ended) answered(at, answer);
          } catch (error) {
            drop(kernel);
            kernel = undefined;
            if (!ended) answered(at, { ...nothing, error: (error as Error).message });
          }
        }
        drop(kernel);
      };
      await Promise.all(Array.from({ length: Math.min(size, jobs.length) }, work));
    },
    /** Ends every kernel at once, whatever it is doing. */
    end(): void {
      ended = true;
      for (const kernel of kernels) kernel.end();
      kernels.clear();
    },
  };
}
