import type { CheckResult, ControlSpec, ControlValue, Output } from '../protocol.ts';
import type { RandomStream } from './random.ts';

/** A control as a cell asks for it; the host adds which cell asked. */
export type ControlRequest = Omit<ControlSpec, 'cell'>;
/** A check as a cell states it; the host adds which cell stated it. */
export type CheckStatement = Omit<CheckResult, 'cell'>;

/**
 * What the cell that runs needs from the world around it: also where it calls a function of another cell, whose lab
 * then speaks for the caller. So a cell comes out the same whatever ran before it. The kernel implements it over
 * messages, tests over plain arrays. Every method throws `Stopped` once the run has been stopped or superseded.
 */
export interface Host {
  /** Name of the cell that runs. */
  cell: string;
  /** Its random numbers, which begin anew with every run of it. */
  random: RandomStream;
  /** Registers the control and returns its current value. */
  control(spec: ControlRequest): ControlValue;
  show(name: string, output: Output): void;
  check(statement: CheckStatement): void;
  progress(label: string, done: number, total: number): void;
  /** Lets messages in and, on a GPU, waits for the work in flight. Resolves at once when that was done recently. */
  breathe(): Promise<void>;
  /** Throws `Stopped` when the run is over. */
  goOn(): void;
  /** Loops over a number of steps end after this many; absent outside of tests that compare backends. */
  cut?: number;
  /** The bytes of a file of the site, by its name there, e.g. "data/mnist-8.safetensors.gz". */
  asset(name: string): Promise<ArrayBuffer>;
}

/** Thrown inside a cell to end it when its run was stopped or superseded; never shown to a reader. */
export class Stopped extends Error {
  constructor() {
    super('the run was stopped');
    this.name = 'Stopped';
  }
}

/** An error written for the reader: what was found, and what to do. */
export class LabError extends Error {
  readonly hint: string;
  constructor(message: string, hint: string) {
    super(message);
    this.name = 'LabError';
    this.hint = hint;
  }
}
