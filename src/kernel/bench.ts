import type * as tf from '@tensorflow/tfjs-core';
import type { RandomStream } from '../lab/random.ts';
import type { CompiledCell, ControlSpec, ControlValue, Notebook, Settings } from '../protocol.ts';
import type { CellFunction } from './around.ts';
import type { Assets } from './assets.ts';
import type { Telling } from './operations.ts';

/** A notebook with what its cells left of their last runs. */
export interface Bench {
  notebook: Notebook;
  cells: CellRun[];
  assets: Assets;
  /** The cell that runs, or ran last. */
  at?: Running;
}

/** A cell in one run of it. */
export interface Running {
  task: Task;
  state: CellRun;
  random: RandomStream;
  breathe(): Promise<void>;
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

/** One run: which settings, and whether it is still wanted. */
export interface Task {
  run: number;
  settings: Settings;
  /** Run every cell, whatever is up to date. */
  force: boolean;
  cut?: number;
  /** The one cell that is wanted, with what it imports. */
  only?: string;
  /** Figures and progress are not told. */
  quiet?: boolean;
  /** How many operations are to be told of. */
  trace?: number;
  /** Which operations are told with all their values. */
  whole?: Telling;
  /** Told while they are traced: what was noted since the last time. */
  tell?: (cell: string) => Promise<void>;
  isStopped(): boolean;
}
