import type { CheckResult, FromKernel, Notebook, Settings, ToKernel } from '../../protocol.ts';
import type { Link } from '../notebook/link.ts';

/** One run asked of a pool: the settings, and the cell whose checks are wanted. */
export interface Job {
  settings: Settings;
  only?: string;
}

/** What a run measured; `error` says why it did not come to its end. */
export interface Answer {
  checks: CheckResult[];
  milliseconds: number;
  error?: string;
}

/** How many kernels a device bears: one for each core, eight at most. */
export const poolSize = (cores = navigator.hardwareConcurrency || 2): number =>
  Math.max(1, Math.min(8, cores));

type Open = (hear: (message: FromKernel) => void) => Promise<Link>;

/**
 * Kernels on WASM beside the one of the page, which stays free. Each takes the next job when it has done one; a
 * kernel that breaks is replaced, and its job answered with what it said.
 */
export function createPool(notebook: Notebook, open: Open, size = poolSize()) {
  const links = new Set<Link>();
  /** Rejects what is being asked, so that nothing waits for a kernel that was ended. */
  const giveUp = new Set<(error: Error) => void>();
  let ended = false;

  /** One kernel: answers one job at a time. */
  async function worker() {
    let hear: (message: FromKernel) => void = () => {};
    const link = await open((message) => hear(message));
    links.add(link);
    const send = (message: ToKernel) => link.send(message);
    const ready = new Promise<void>((resolve, reject) => {
      giveUp.add(reject);
      hear = (message) => {
        if (message.type === 'opened') resolve();
        if (message.type === 'failed') reject(new Error(message.error.message));
      };
    });
    send({ type: 'open', backend: 'wasm' });
    send({ type: 'load', notebook });
    await ready;
    let run = 0;
    return {
      ask(job: Job): Promise<Answer> {
        run += 1;
        return new Promise<Answer>((resolve, reject) => {
          giveUp.add(reject);
          const done = (answer: Answer) => {
            giveUp.delete(reject);
            resolve(answer);
          };
          hear = gather(run, done, reject);
          send({ type: 'run', run, ...job });
        });
      },
      end() {
        links.delete(link);
        link.end();
      },
    };
  }

  return {
    size,
    /** Answers every job, in whatever order they end; `answered` hears each with its place. Resolves when all are, or after `end`. */
    async run(jobs: Job[], answered: (at: number, answer: Answer) => void): Promise<void> {
      let next = 0;
      const work = async () => {
        let kernel: Awaited<ReturnType<typeof worker>> | undefined;
        while (!ended && next < jobs.length) {
          const at = next++;
          try {
            kernel ??= await worker();
            const answer = await kernel.ask(jobs[at]);
            if (!ended) answered(at, answer);
          } catch (error) {
            kernel?.end();
            kernel = undefined;
            if (!ended) answered(at, { checks: [], milliseconds: 0, error: (error as Error).message });
          }
        }
        kernel?.end();
      };
      await Promise.all(Array.from({ length: Math.min(size, jobs.length) }, work));
    },
    /** Ends every kernel at once, whatever it is doing. */
    end(): void {
      ended = true;
      for (const link of links) link.end();
      links.clear();
      for (const reject of giveUp) reject(new Error('stopped'));
      giveUp.clear();
    },
  };
}

/** Hears one run to its end. */
function gather(run: number, resolve: (answer: Answer) => void, reject: (error: Error) => void) {
  const checks = new Map<string, CheckResult>();
  let error: string | undefined;
  return (message: FromKernel) => {
    if (message.type === 'failed') reject(new Error(message.error.message));
    if (!('run' in message) || message.run !== run) return;
    if (message.type === 'check') checks.set(message.check.id, message.check);
    if (message.type === 'cell-error') error ??= `${message.cell}.ts: ${message.error.message}`;
    if (message.type === 'run-end')
      resolve({ checks: [...checks.values()], milliseconds: message.milliseconds, error });
  };
}
