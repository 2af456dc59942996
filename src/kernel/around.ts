import type * as tf from '@tensorflow/tfjs-core';
import type { CompiledCell, ControlSpec, ControlValue, FromKernel } from '../protocol.ts';
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
  meter?: Meter;
  /** What the GPU refused since the last cell: it then gives zeros without an error. */
  refusedByGpu?: string;
}

/** A cell between runs. */
export interface CellRun {
  cell: CompiledCell;
  call?: CellFunction;
  exports: object;
  /** The controls it asked for in its last run, with the value it got. */
  read: Map<string, { spec: ControlSpec; value: ControlValue }>;
  /** The outputs and checks of its last run, names by address. */
  outputs: Map<string, string>;
  checks: Map<string, string>;
  seed?: number;
  /** Exported tensors, which live until the cell runs again. */
  held: tf.Tensor[];
  /** Its last run ended, undisturbed. */
  done: boolean;
  /** Disposes of what it holds. */
  release(): void;
}

/** What a run of a cell begins with. */
export const nothingSaid = (): Pick<CellRun, 'read' | 'outputs' | 'checks'> => ({
  read: new Map(),
  outputs: new Map(),
  checks: new Map(),
});
