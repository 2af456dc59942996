import type * as tf from '@tensorflow/tfjs-core';
import { LabError, Stopped } from '../lab/host.ts';
import { createLab } from '../lab/index.ts';
import { randomStream } from '../lab/random.ts';
import type { Around } from './around.ts';
import { overrides } from './backends/overrides.ts';
import { type Bench, type CellRun, nothingSaid, type Task } from './bench.ts';
import { breather, hostOf } from './cell-host.ts';
import { requirer } from './cell-imports.ts';
import { cellNamespace } from './cell-tf.ts';
import { backendIdle, scoped, tensorsIn } from './engine.ts';
import { seedOf } from './settings.ts';

/** Runs one cell from the top. What it exported before is gone; what it exports now stays until its next run. */
export async function runCell(around: Around, bench: Bench, task: Task, state: CellRun): Promise<void> {
  const { name } = state.cell;
  const began = around.now();
  const kernels = around.meter?.kernels ?? 0;
  around.post({ type: 'cell-start', run: task.run, cell: name });
  state.release();
  Object.assign(state, { exports: {}, ...nothingSaid(), seed: seedOf(task.settings) });
  const seed = seedOf(task.settings);
  Math.random = randomStream(seed, `Math.random of ${name}`).unit;
  bench.at = {
    task,
    state,
    random: randomStream(seed, name),
    breathe: breather(around, () => task.tell?.(name)),
  };
  const kept = new Set<tf.Tensor>();
  const require = requirer(bench, state, createLab(hostOf(around, bench)), cellNamespace(kept, overrides));
  await leavingShared(around, async () => {
    state.call ??= await around.evaluate(state.cell);
    await scoped(
      kept,
      () => state.call!(require, state.exports),
      () => (state.held = tensorsIn(state.exports)),
    );
  });
  if (task.isStopped()) throw new Stopped();
  await task.tell?.(name);
  await backendIdle();
  mustNotBeRefused(around);
  state.done = true;
  around.post({
    type: 'cell-end',
    run: task.run,
    cell: name,
    milliseconds: around.now() - began,
    kernels: (around.meter?.kernels ?? 0) - kernels,
  });
}

/** @throws when `work` changed what all cells share; it is put back in any case. */
async function leavingShared(around: Around, work: () => Promise<void>): Promise<void> {
  // What an earlier cell left to a timer.
  around.mendShared?.();
  let changed: string | undefined;
  try {
    await work();
  } finally {
    changed = around.mendShared?.();
  }
  if (!changed) return;
  throw new LabError(
    `this cell changes ${changed}, which all cells and the kernel share; it was put back`,
    'Write a function of your own instead.',
  );
}

/** @throws when the GPU refused an operation of this cell: its results are zeros. */
function mustNotBeRefused(around: Around): void {
  const refused = around.refusedByGpu;
  around.refusedByGpu = undefined;
  if (refused)
    throw new LabError(
      `the GPU refused an operation, so results of this cell are wrong: ${refused}`,
      'Run it on WASM.',
    );
}
