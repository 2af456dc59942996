import type { CellError, CompiledCell, FromKernel, Notebook, ToKernel } from '../protocol.ts';
import type { Around } from './around.ts';
import { createAssets } from './assets.ts';
import { type Bench, type CellRun, nothingSaid } from './bench.ts';
import { openBackend } from './open.ts';
import { fold, operate, type Told } from './operations.ts';
import { runNotebook } from './run-notebook.ts';

/**
 * One notebook on one backend, driven by messages; the same in a worker, in Node and in tests.
 * At most one run is under way: a new one ends the one before, and only the newest waits.
 */
export function createSession(around: Around) {
  // The author's line lies below a dozen frames of tfjs.
  (Error as { stackTraceLimit?: number }).stackTraceLimit = 60;
  const assets = createAssets((message) => around.post(message));
  const bench: Bench = { notebook: { slug: '', cells: [] }, cells: [], assets };
  let current: { run: number; stopped: boolean } | undefined;
  let waiting: Extract<ToKernel, { type: 'run' }> | undefined;
  let opened: Promise<boolean> | undefined;
  const told: Told = new Map();
  const earlier = new Map<string, number>();

  async function start(message: Extract<ToKernel, { type: 'run' }>): Promise<void> {
    const run = { run: message.run, stopped: false };
    current = run;
    if (!(await opened)) return; // said already; and without powers given up no cell may run
    const task = {
      run: message.run,
      settings: message.settings,
      force: message.force ?? false,
      cut: message.cut,
      only: message.only,
      quiet: message.quiet,
      trace: message.trace,
      whole: message.whole && { ...message.whole, told, earlier },
      isStopped: () => run.stopped,
    };
    try {
      await runNotebook(around, bench, task);
    } finally {
      // Whatever happened, the next run must be able to start.
      current = undefined;
    }
    const next = waiting;
    waiting = undefined;
    if (next) await start(next);
  }

  const handlers: { [K in ToKernel['type']]: (message: Extract<ToKernel, { type: K }>) => void } = {
    open(message) {
      opened = openBackend(around, message).then(
        () => true,
        (error) => {
          fail(around, error);
          return false;
        },
      );
    },
    load(message) {
      bench.notebook = message.notebook;
      fold(told, earlier);
      bench.cells = reuse(bench.cells, message.notebook);
    },
    run(message) {
      if (!current) void start(message).catch((error) => fail(around, error));
      else {
        current.stopped = true;
        waiting = message;
      }
    },
    stop(message) {
      if (current?.run === message.run) current.stopped = true;
      if (waiting?.run === message.run) waiting = undefined;
    },
    operate({ id, operation }) {
      operate(operation).then(
        (outputs) => around.post({ type: 'operated', id, outputs }),
        (error) => around.post({ type: 'operated', id, error: error.message }),
      );
    },
    asset: assets.arrived,
  };
  return { receive: (message: ToKernel) => (handlers[message.type] as (m: ToKernel) => void)(message) };
}

function fail(around: Around, error: unknown): never | void {
  const message = error instanceof Error ? error.message : String(error);
  const failure: CellError = { kind: 'throw', message };
  around.post({ type: 'failed', error: failure } satisfies FromKernel);
}

/** A cell whose text has not changed keeps its state over a `load`, so that an edit reruns only what it must. */
function reuse(old: CellRun[], notebook: Notebook): CellRun[] {
  const kept = (cell: CompiledCell) =>
    old.find((state) => state.cell.name === cell.name && state.cell.body === cell.body);
  const next = notebook.cells.map((cell) => kept(cell) ?? freshCell(cell));
  for (const state of old) if (!next.includes(state)) state.release();
  return next;
}

function freshCell(cell: CompiledCell): CellRun {
  const state: CellRun = { cell, exports: {}, ...nothingSaid(), held: [], done: false, release };
  function release() {
    for (const tensor of state.held) tensor.dispose();
    Object.assign(state, { held: [], done: false });
  }
  return state;
}
