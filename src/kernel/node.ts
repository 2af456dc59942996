import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type {
  BackendName,
  CellError,
  CheckResult,
  ControlSpec,
  FromKernel,
  Notebook,
  Settings,
  Shown,
  ToKernel,
  TracedOperation,
  Verdict,
} from '../protocol.ts';
import { aroundNode } from './around-node.ts';
import { createSession } from './session.ts';

/** All that a run reported, gathered. Later outputs of a name replace earlier ones. */
export interface RunResult {
  outcome: 'done' | 'stopped' | 'error';
  controls: ControlSpec[];
  shown: Shown[];
  checks: CheckResult[];
  errors: { cell: string; error: CellError }[];
  milliseconds: number;
  /** Milliseconds of each cell. */
  cells: Record<string, number>;
  /** Until the first output. */
  firstOutput: number;
  kernels: number;
  peakBytes: number;
  tensors: number;
  /** Where it was asked for: its operations in order. */
  operations: TracedOperation[];
}

export interface NodeKernel {
  verdict: Promise<Verdict>;
  assets: string[];
  load(notebook: Notebook): void;
  run(settings?: Settings, cut?: number, trace?: number): Promise<RunResult>;
  /** As a control of the page does: runs only what is out of date, and gives what that reported. */
  move(settings: Settings): Promise<RunResult>;
}

/** A kernel in this process, for recordings and tests: same session, same lab, files from `public/`. */
export function createNodeKernel(backend: BackendName = 'wasm', root = 'public'): NodeKernel {
  const listeners = new Set<(message: FromKernel) => void>();
  const assets = new Set<string>();
  const session = createSession(
    aroundNode((message) =>
      setImmediate(() => {
        for (const listen of listeners) listen(message);
      }),
    ),
  );
  listeners.add((message) => {
    if (message.type !== 'want') return;
    assets.add(message.name);
    void answer(root, message.name).then(session.receive);
  });
  const verdict = waitFor(listeners, 'opened').then((message) => message.verdict);
  session.receive({ type: 'open', backend, allowSoftware: true });
  let run = 0;
  function ask(wish: Omit<Extract<ToKernel, { type: 'run' }>, 'type' | 'run'>): Promise<RunResult> {
    run += 1;
    const result = gather(listeners, run);
    session.receive({ type: 'run', run, ...wish });
    return result;
  }
  return {
    verdict,
    get assets() {
      return [...assets].sort();
    },
    load: (notebook) => session.receive({ type: 'load', notebook }),
    run: (settings = {}, cut, trace) => ask({ settings, force: true, cut, trace }),
    move: (settings) => ask({ settings }),
  };
}

async function answer(root: string, name: string) {
  try {
    const bytes = await readFile(path.join(root, name));
    return { type: 'asset' as const, name, bytes: new Uint8Array(bytes).buffer };
  } catch (error) {
    return { type: 'asset' as const, name, error: (error as Error).message };
  }
}

type Of<K extends FromKernel['type']> = Extract<FromKernel, { type: K }>;

function waitFor<K extends FromKernel['type']>(
  listeners: Set<(message: FromKernel) => void>,
  type: K,
): Promise<Of<K>> {
  return new Promise((resolve, reject) => {
    const listen = (message: FromKernel) => {
      if (message.type === type) resolve(message as Of<K>);
      else if (message.type === 'failed') reject(new Error(message.error.message));
      else return;
      listeners.delete(listen);
    };
    listeners.add(listen);
  });
}

async function gather(listeners: Set<(message: FromKernel) => void>, run: number): Promise<RunResult> {
  const controls = new Map<string, ControlSpec>();
  const shown = new Map<string, Shown>();
  const checks = new Map<string, CheckResult>();
  const errors: RunResult['errors'] = [];
  const operations: TracedOperation[] = [];
  const cells: Record<string, number> = {};
  let began = performance.now();
  let firstOutput = Number.POSITIVE_INFINITY;
  const listen = (message: FromKernel) => {
    if (!('run' in message) || message.run !== run) return;
    if (message.type === 'run-start') began = performance.now();
    if (message.type === 'control') controls.set(message.spec.key, message.spec);
    if (message.type === 'check') checks.set(message.check.id, message.check);
    if (message.type === 'traced')
      operations.push(...message.operations.map((operation) => ({ ...operation, cell: message.cell })));
    if (message.type === 'cell-end') cells[message.cell] = message.milliseconds;
    if (message.type === 'cell-error') errors.push({ cell: message.cell, error: message.error });
    if (message.type === 'output') {
      shown.set(message.shown.id, message.shown);
      firstOutput = Math.min(firstOutput, performance.now() - began);
    }
  };
  listeners.add(listen);
  const end = await waitFor(listeners, 'run-end');
  listeners.delete(listen);
  const { outcome, milliseconds, kernels, peakBytes, tensors } = end;
  return {
    outcome,
    controls: [...controls.values()],
    shown: [...shown.values()],
    checks: [...checks.values()],
    errors,
    milliseconds,
    cells,
    firstOutput,
    kernels,
    peakBytes,
    tensors,
    operations,
  };
}
