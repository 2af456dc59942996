import type { CompiledCell, FromKernel } from '../protocol.ts';
import type { Loaders } from './backends/choose.ts';
import type { Meter } from './engine.ts';

/** A cell's body, ready to call once per run. */
export type CellFunction = (require: (specifier: string) => unknown, exports: object) => Promise<void>;

/** What the kernel needs from where it runs: a worker, Node, or a test. */
export interface Around {
  post(message: FromKernel): void;
  evaluate(cell: CompiledCell): Promise<CellFunction>;
  loaders: Loaders;
  /** Milliseconds, rising. */
  now(): number;
  /** Lets other messages in: one turn of the event loop. */
  pause(): Promise<void>;
  /** Gives up what a cell never needs; called once, before the first cell. */
  giveUpPowers(): void;
  /** Puts back the objects of the language that a cell has changed, and names one; undefined when none was. */
  mendShared?(): string | undefined;
  meter?: Meter;
  /** What the GPU refused since the last cell: it then gives zeros without an error. */
  refusedByGpu?: string;
}
