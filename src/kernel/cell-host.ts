import { addressOf } from '../lab/address.ts';
import type { Host } from '../lab/host.ts';
import { LabError, Stopped } from '../lab/host.ts';
import type { Around } from './around.ts';
import type { Bench, CellRun } from './bench.ts';
import { backendIdle } from './engine.ts';
import { mustBeBearable, mustBeFew } from './limits.ts';
import { controlValue } from './settings.ts';

/** The lab's host, over the kernel's messages, for whichever cell of the bench runs. */
export function hostOf(around: Around, bench: Bench): Host {
  const now = () => bench.at!;
  const goOn = () => {
    if (now().task.isStopped()) throw new Stopped();
  };
  return {
    get cell() {
      return now().state.cell.name;
    },
    get random() {
      return now().random;
    },
    get cut() {
      return now().task.cut;
    },
    goOn,
    breathe: () => now().breathe(),
    asset: (name) => bench.assets.get(name),
    control(request) {
      goOn();
      const { task, state } = now();
      mustBeNew(request.key, bench, state);
      mustBeFew('controls', state.read.size);
      mustBeBearable(`the control '${String(request.key).slice(0, 60)}'`, request);
      const spec = { ...request, cell: state.cell.name };
      const value = controlValue(spec, task.settings);
      state.read.set(spec.key, { spec, value });
      around.post({ type: 'control', run: task.run, spec });
      return value;
    },
    show(name, output) {
      goOn();
      const { task, state } = now();
      const id = addressOf(name);
      mustBeBearable(`show('${id}')`, { name, output });
      if (!state.outputs.has(id)) mustBeFew('outputs', state.outputs.size);
      mustHaveOneOwner('outputs', id, name, bench, state);
      state.outputs.set(id, name);
      if (task.quiet) return;
      around.post({ type: 'output', run: task.run, shown: { cell: state.cell.name, name, id, output } });
    },
    check(statement) {
      goOn();
      const { task, state } = now();
      mustHaveOneOwner('checks', statement.id, statement.claim, bench, state);
      mustBeFew('checks', state.checks.size);
      mustBeBearable(`the check '${statement.id}'`, statement);
      if (state.checks.has(statement.id))
        throw new LabError(
          `the check '${statement.claim}' is stated twice`,
          'State it once, after its loop.',
        );
      state.checks.set(statement.id, statement.claim);
      around.post({ type: 'check', run: task.run, check: { ...statement, cell: state.cell.name } });
    },
    progress(label, done, total) {
      const { task, state } = now();
      if (task.quiet) return;
      around.post({ type: 'progress', run: task.run, cell: state.cell.name, label, done, total });
    },
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
export function breather(around: Around, tell: () => Promise<void> | undefined): () => Promise<void> {
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
