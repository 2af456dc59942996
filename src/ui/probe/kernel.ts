import type {
  BackendName,
  CheckResult,
  FromKernel,
  Notebook,
  Settings,
  TracedOperation,
  Verdict,
} from '../../protocol.ts';
import type { Link } from '../notebook/link.ts';

/** One run asked of a kernel: the settings, and the one cell that is wanted, if not all are. */
export interface Job {
  settings: Settings;
  only?: string;
  /** Nothing but checks is told. */
  quiet?: boolean;
  /** Loops end after so many rounds. */
  cut?: number;
  /** So many operations are told. */
  trace?: number;
}

/** What a run measured; `error` says why it did not come to its end. */
export interface Answer {
  checks: CheckResult[];
  milliseconds: number;
  kernels: number;
  peakBytes: number;
  tensors: number;
  /** What was told of operations, where that was asked for. */
  operations: TracedOperation[];
  error?: string;
}

export type Open = (hear: (message: FromKernel) => void) => Promise<Link>;

/** A kernel that shows nothing: it is asked for runs, one after another, and answers what they measured. */
export interface LoneKernel {
  /** Rejects when the kernel cannot start. */
  verdict: Promise<Verdict>;
  load(notebook: Notebook): void;
  /** Rejects when the kernel breaks or is ended before the run's end. */
  ask(job: Job): Promise<Answer>;
  end(): void;
}

/** Starts a kernel on `backend`, or on the best there is. */
export async function openKernel(
  open: Open,
  backend?: BackendName,
  allowSoftware = false,
): Promise<LoneKernel> {
  let hear: (message: FromKernel) => void = () => {};
  let give: (error: Error) => void = () => {};
  let run = 0;
  const link = await open((message) => {
    hear(message);
    if (message.type === 'failed') give(new Error(message.error.message));
    if (message.type === 'device-lost') give(new Error('the GPU was lost'));
  });
  /** One thing awaited at a time; given up when the kernel breaks or is ended. */
  const awaited = <T>(start: (resolve: (value: T) => void) => void) =>
    new Promise<T>((resolve, reject) => {
      give = reject;
      start(resolve);
    });
  const verdict = awaited<Verdict>((resolve) => {
    hear = (message) => {
      if (message.type === 'opened') resolve(message.verdict);
    };
  });
  verdict.catch(() => {}); // Who waits for it hears it all the same.
  link.send({ type: 'open', backend, allowSoftware });
  return {
    verdict,
    load: (notebook) => link.send({ type: 'load', notebook }),
    async ask(job) {
      await verdict;
      run += 1;
      return awaited<Answer>((resolve) => {
        hear = gather(run, resolve);
        link.send({ type: 'run', run, ...job });
      });
    },
    end() {
      link.end();
      give(new Error('stopped'));
    },
  };
}

/** Hears one run to its end. */
function gather(run: number, resolve: (answer: Answer) => void) {
  const checks = new Map<string, CheckResult>();
  const operations: TracedOperation[] = [];
  let error: string | undefined;
  return (message: FromKernel) => {
    if (!('run' in message) || message.run !== run) return;
    if (message.type === 'check') checks.set(message.check.id, message.check);
    if (message.type === 'traced')
      operations.push(...message.operations.map((operation) => ({ ...operation, cell: message.cell })));
    if (message.type === 'cell-error') error ??= `${message.cell}.ts: ${message.error.message}`;
    if (message.type !== 'run-end') return;
    const { milliseconds, kernels, peakBytes, tensors } = message;
    resolve({ checks: [...checks.values()], milliseconds, kernels, peakBytes, tensors, operations, error });
  };
}
