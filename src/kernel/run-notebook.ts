import * as tf from '@tensorflow/tfjs-core';
import { cellNameOf, OrderError, runningOrder } from '../cell-order.ts';
import { Stopped } from '../lab/host.ts';
import type { CompiledCell, Settings } from '../protocol.ts';
import type { Around } from './around.ts';
import type { Bench, CellRun, Task } from './bench.ts';
import { describeError } from './errors.ts';
import { tellOperations } from './operations.ts';
import { runCell } from './run-cell.ts';
import { controlValue, seedOf } from './settings.ts';
import { createTrace } from './trace.ts';

/** Runs what is out of date, in order, and reports; never throws. */
export async function runNotebook(around: Around, bench: Bench, task: Task): Promise<void> {
  const began = around.now();
  around.meter?.reset();
  around.post({ type: 'run-start', run: task.run });
  const failed = new Set<string>();
  const trace = task.trace && around.meter ? createTrace(around.meter, task.trace) : undefined;
  if (trace)
    task.tell = async (cell) => {
      const operations = await trace.read();
      if (operations.length > 0) around.post({ type: 'traced', run: task.run, cell, operations });
    };
  const whole =
    task.whole && around.meter
      ? tellOperations(around.meter, task.whole, (operation) =>
          around.post({ type: 'operation', run: task.run, operation }),
        )
      : undefined;
  const outcome = await runCells(around, bench, task, failed);
  trace?.end();
  whole?.end();
  around.post({
    type: 'run-end',
    run: task.run,
    outcome,
    milliseconds: around.now() - began,
    kernels: around.meter?.kernels ?? 0,
    peakBytes: around.meter?.peakBytes ?? 0,
    tensors: tf.memory().numTensors - bench.cells.reduce((sum, cell) => sum + cell.held.length, 0),
  });
}

async function runCells(around: Around, bench: Bench, task: Task, failed: Set<string>) {
  const ran = new Set<string>();
  const ordered = inOrder(around, bench, task);
  if (!ordered) return 'error';
  for (const { name } of ordered) {
    const state = stateOf(bench, name)!;
    if (task.isStopped()) return 'stopped';
    if (task.only && !isNeeded(task.only, name, bench)) {
      // Left out, it would miss that what it imports has changed.
      if (importsOf(state).some((imported) => ran.has(imported) || !stateOf(bench, imported)?.done))
        state.done = false;
      continue;
    }
    const needs = importsOf(state).find((imported) => failed.has(imported));
    if (needs) skip(around, task, state, needs, failed);
    else if (!task.force && upToDate(state, task.settings, ran))
      around.post({ type: 'cell-kept', run: task.run, cell: name });
    else if (!(await attempt(around, bench, task, state, ran, failed))) return 'stopped';
  }
  return failed.size > 0 ? 'error' : 'done';
}

/** The cells in running order; undefined, and said at the first cell, when imports are missing or go in a circle. */
function inOrder(around: Around, bench: Bench, task: Task): CompiledCell[] | undefined {
  const { cells } = bench.notebook;
  try {
    return runningOrder(cells);
  } catch (error) {
    const cell = error instanceof OrderError ? error.cell : cells[0].name;
    around.post({ type: 'cell-error', run: task.run, cell, error: describeError(error, cell) });
    return undefined;
  }
}

/** False when the run was stopped inside the cell. */
async function attempt(
  around: Around,
  bench: Bench,
  task: Task,
  state: CellRun,
  ran: Set<string>,
  failed: Set<string>,
): Promise<boolean> {
  const { name } = state.cell;
  ran.add(name);
  try {
    await runCell(around, bench, task, state);
  } catch (error) {
    if (error instanceof Stopped || task.isStopped()) return false;
    failed.add(name);
    around.post({ type: 'cell-error', run: task.run, cell: name, error: describeError(error, name) });
  }
  return true;
}

function skip(around: Around, task: Task, state: CellRun, needs: string, failed: Set<string>): void {
  failed.add(state.cell.name);
  const message = `this cell imports ${needs}.ts, which did not run to its end`;
  around.post({
    type: 'cell-error',
    run: task.run,
    cell: state.cell.name,
    error: { kind: 'missing', message, hint: `Mend ${needs}.ts first.` },
  });
}

const importsOf = (state: CellRun) =>
  state.cell.imports.flatMap((specifier) => cellNameOf(specifier, state.cell.name) ?? []);

const stateOf = (bench: Bench, name: string) => bench.cells.find((cell) => cell.cell.name === name);

/** Whether `wanted` is `name`, or imports it, directly or by way of others. The order of cells has no circles. */
function isNeeded(wanted: string, name: string, bench: Bench): boolean {
  const state = stateOf(bench, wanted);
  return wanted === name || (state ? importsOf(state).some((next) => isNeeded(next, name, bench)) : false);
}

/** Whether a cell's last run would come out the same: same seed, same values of what it read, same imports. */
function upToDate(state: CellRun, settings: Settings, ran: Set<string>): boolean {
  if (!state.done || state.seed !== seedOf(settings) || importsOf(state).some((name) => ran.has(name)))
    return false;
  return [...state.read.values()].every(({ spec, value }) => controlValue(spec, settings) === value);
}
