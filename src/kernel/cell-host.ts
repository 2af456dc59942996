import { addressOf } from '../lab/address.ts';
import type { Host } from '../lab/host.ts';
import { LabError, Stopped } from '../lab/host.ts';
import type { Around } from './around.ts';
import type { Bench, CellRun, Task } from './bench.ts';
import { backendIdle } from './engine.ts';
import { controlValue, seedOf } from './settings.ts';

/** The lab's host for one cell of one run, over the kernel's messages. */
export function hostOf(around: Around, bench: Bench, task: Task, state: CellRun): Host {
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
    breathe: breather(around, () => task.tell?.(cell)),
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
  if (key === 'seed')
    throw new LabError("a control cannot be called 'seed': every notebook has one", 'Give it another name.');
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
function breather(around: Around, tell: () => Promise<void> | undefined): () => Promise<void> {
  let last = around.now();
  let rounds = 0;
  return async () => {
    rounds += 1;
    await tell();
    if (rounds % 20 === 0) await backendIdle();
    if (around.now() - last < 12) return;
    await around.pause();
    last = around.now();
  };
}
