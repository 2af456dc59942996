import type * as tf from '@tensorflow/tfjs-core';
import { cellNameOf } from '../cell-order.ts';
import type { Host } from '../lab/host.ts';
import { LabError, Stopped } from '../lab/host.ts';
import { createLab } from '../lab/index.ts';
import { createRandom } from '../lab/random.ts';
import { addressOf } from '../lab/show.ts';
import { type Around, type CellRun, nothingSaid } from './around.ts';
import { overrides } from './backends/overrides.ts';
import { cellNamespace } from './cell-tf.ts';
import { scoped, settle, tensorsIn } from './engine.ts';
import type { Bench, Task } from './run-notebook.ts';
import { seedOf } from './run-notebook.ts';
import { controlValue } from './settings.ts';

/** Runs one cell from the top. What it exported before is gone; what it exports now stays until its next run. */
export async function runCell(around: Around, bench: Bench, task: Task, state: CellRun): Promise<void> {
  const { name } = state.cell;
  const began = around.now();
  around.post({ type: 'cell-start', run: task.run, cell: name });
  state.release();
  Object.assign(state, { exports: {}, ...nothingSaid(), seed: seedOf(task.settings) });
  state.call ??= await around.evaluate(state.cell);
  Math.random = createRandom(seedOf(task.settings), `Math.random of ${name}`).number;
  const kept = new Set<tf.Tensor>();
  const require = requirer(
    bench,
    state,
    createLab(hostOf(around, bench, task, state)),
    cellNamespace(kept, overrides),
  );
  await scoped(
    kept,
    () => state.call!(require, state.exports),
    () => (state.held = tensorsIn(state.exports)),
  );
  if (task.isStopped()) throw new Stopped();
  await settle();
  mustNotBeRefused(around);
  state.done = true;
  around.post({ type: 'cell-end', run: task.run, cell: name, milliseconds: around.now() - began });
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

/** What `import` means in a cell: lab, tfjs, or another cell's exports. */
function requirer(bench: Bench, state: CellRun, lab: object, tfjs: object) {
  const known: Record<string, object> = { lab: namesOf('lab', lab), '@tensorflow/tfjs': tfjs };
  return (specifier: string): unknown => {
    if (known[specifier]) return known[specifier];
    const name = cellNameOf(specifier, state.cell.name);
    const found = bench.cells.find((cell) => cell.cell.name === name);
    if (found) return namesOf(specifier, found.exports);
    throw new LabError(
      `cannot import '${specifier}'`,
      "A cell imports 'lab', '@tensorflow/tfjs' and the cells beside it.",
    );
  };
}

/** The exports of a module, with a sentence instead of `undefined` for a name it does not have. */
const namesOf = (module: string, exports: object): object =>
  new Proxy(exports, {
    get(target, name) {
      if (name === '__esModule') return true;
      if (typeof name === 'symbol' || name in target) return Reflect.get(target, name);
      throw new LabError(`'${module}' has no '${name}'`, `It has ${Object.keys(target).join(', ')}.`);
    },
  });

/** The lab's host for one cell of one run, over the kernel's messages. */
function hostOf(around: Around, bench: Bench, task: Task, state: CellRun): Host {
  const { run } = task;
  const cell = state.cell.name;
  const goOn = () => {
    if (task.isStopped()) throw new Stopped();
  };
  return {
    seed: seedOf(task.settings),
    cell,
    goOn,
    cut: task.cut,
    breathe: breather(around),
    asset: (name) => bench.assets.get(name),
    control(request) {
      goOn();
      mustBeNew(request.key, bench, state);
      const spec = { ...request, cell };
      const value = controlValue(spec, task.settings);
      state.read.set(spec.key, { spec, value });
      around.post({ type: 'control', run, spec });
      return value;
    },
    show(name, output) {
      goOn();
      const id = addressOf(name);
      mustHaveOneOwner('outputs', id, name, bench, state);
      state.outputs.set(id, name);
      around.post({ type: 'output', run, shown: { cell, name, id, output } });
    },
    check(statement) {
      goOn();
      mustHaveOneOwner('checks', statement.id, statement.claim, bench, state);
      if (state.checks.has(statement.id))
        throw new LabError(
          `the check '${statement.claim}' is stated twice`,
          'State it once, after its loop.',
        );
      state.checks.set(statement.id, statement.claim);
      around.post({ type: 'check', run, check: { ...statement, cell } });
    },
    progress: (label, done, total) => around.post({ type: 'progress', run, cell, label, done, total }),
  };
}

/** @throws when the key is taken: a control's key is its identity in links, checks and formulas. */
function mustBeNew(key: string, bench: Bench, state: CellRun): void {
  const owner = bench.cells.find((cell) => cell.read.has(key));
  if (key === 'seed') throw new LabError("a control cannot be called 'seed': every notebook has one");
  if (owner)
    throw new LabError(
      `two controls are called '${key}', in ${owner.cell.name}.ts and ${state.cell.name}.ts`,
      'Rename one of them.',
    );
}

/** @throws when another cell has the address, or another name in this cell: the later one would replace the earlier unseen. */
function mustHaveOneOwner(
  kind: 'outputs' | 'checks',
  id: string,
  name: string,
  bench: Bench,
  state: CellRun,
): void {
  const owner = bench.cells.find((cell) => cell[kind].has(id));
  const other = owner?.[kind].get(id);
  if (!owner || (owner === state && other === name)) return;
  throw new LabError(
    `two ${kind}, '${other}' in ${owner.cell.name}.ts and '${name}' in ${state.cell.name}.ts, have the address '${id}'`,
    'Reword one of them.',
  );
}

/** Every 12 ms one turn of the event loop, and every 20 rounds a wait for the GPU, so that Stop and progress get through. */
function breather(around: Around): () => Promise<void> {
  let last = around.now();
  let rounds = 0;
  return async () => {
    rounds += 1;
    if (rounds % 20 === 0) await settle();
    if (around.now() - last < 12) return;
    await around.pause();
    last = around.now();
  };
}
