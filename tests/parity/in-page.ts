import type {
  BackendName,
  CheckResult,
  FromKernel,
  Notebook,
  Settings,
  Shown,
  Verdict,
  WholeOperation,
  WholeTensor,
} from '../../src/protocol.ts';

export interface PageRun {
  outcome: string;
  errors: { cell: string; error: { message: string; line?: number } }[];
  shown: Shown[];
  checks: CheckResult[];
  kernels: number;
  tensors: number;
  milliseconds: number;
  /** Of each cell. */
  cells: Record<string, { milliseconds: number; kernels: number }>;
}

interface TestKernel {
  worker: Worker;
  verdict: Verdict;
  runs: number;
  hear: (message: FromKernel) => void;
}
type Kernels = Window & {
  kernels?: Partial<Record<BackendName, TestKernel>>;
  workingPapers?: Record<string, { notebook: Notebook }>;
};

// Playwright sends these functions into a page of the site one by one: they may use nothing from outside themselves.

/** Starts a kernel on a backend, kept on the page; gives its verdict. One that is proved already is not tested again. */
export async function openKernel({
  backend,
  base,
  proved,
}: {
  backend: BackendName;
  base: string;
  proved?: Verdict;
}): Promise<Verdict> {
  const page = window as Kernels;
  page.kernels ??= {};
  const boot = `importScripts(${JSON.stringify(`${base}_site/kernel.js`)})`;
  const worker = new Worker(URL.createObjectURL(new Blob([boot], { type: 'text/javascript' })));
  const answer = async (name: string) => {
    const response = await fetch(base + (name.startsWith('data/') ? name : `_site/${name}`));
    worker.postMessage({ type: 'asset', name, bytes: await response.arrayBuffer() });
  };
  return new Promise((resolve, reject) => {
    const kernel = { worker, runs: 0, hear: () => {} } as unknown as TestKernel;
    page.kernels![backend] = kernel;
    worker.onerror = (event) => reject(new Error(event.message));
    worker.onmessage = ({ data }: MessageEvent<FromKernel>) => {
      if (data.type === 'want') void answer(data.name);
      else if (data.type === 'failed') reject(new Error(data.error.message));
      else if (data.type === 'opened') resolve(data.verdict);
      else kernel.hear(data);
    };
    worker.postMessage({ type: 'open', backend, allowSoftware: true, proved });
  });
}

/**
 * Loads a paper's cells into the page, with words replaced: sizes, where a software GPU would take minutes.
 * Gives the words that no cell holds.
 */
export async function loadCells(wish: {
  slug: string;
  smaller: Record<string, string>;
  base: string;
}): Promise<string[]> {
  const page = window as Kernels;
  await new Promise((resolve, reject) => {
    const script = document.createElement('script');
    Object.assign(script, {
      src: `${wish.base}_site/papers/${wish.slug}.js`,
      onload: resolve,
      onerror: reject,
    });
    document.head.append(script);
  });
  const unknown: string[] = [];
  for (const [words, instead] of Object.entries(wish.smaller)) {
    const { cells } = page.workingPapers![wish.slug].notebook;
    const holding = cells.filter(({ body }) => body.includes(words));
    if (holding.length === 0) unknown.push(words);
    for (const cell of holding) cell.body = cell.body.replaceAll(words, instead);
  }
  return unknown;
}

/** Runs cells of a paper, all of them when none are named, in a kernel of this page. */
export async function runCells(wish: {
  slug: string;
  backend: BackendName;
  settings: Settings;
  cells?: string[];
  cut?: number;
}): Promise<PageRun> {
  const { slug, backend, settings, cells, cut } = wish;
  const page = window as Kernels;
  const kernel = page.kernels![backend]!;
  const result = { errors: [], cells: {} } as unknown as PageRun;
  const notebook = { ...page.workingPapers![slug].notebook };
  if (cells) notebook.cells = notebook.cells.filter(({ name }) => cells.includes(name));
  const shown = new Map<string, Shown>();
  const checks = new Map<string, CheckResult>();
  await new Promise<void>((resolve, reject) => {
    kernel.hear = (message) => {
      if (message.type === 'output') shown.set(message.shown.id, message.shown);
      if (message.type === 'check') checks.set(message.check.id, message.check);
      if (message.type === 'cell-end')
        result.cells[message.cell] = {
          milliseconds: Math.round(message.milliseconds),
          kernels: message.kernels,
        };
      if (message.type === 'cell-error') result.errors.push(message);
      if (message.type === 'device-lost') reject(new Error(`device lost: ${message.reason}`));
      if (message.type === 'run-end') resolve(void Object.assign(result, message));
    };
    kernel.runs += 1;
    kernel.worker.postMessage({ type: 'load', notebook });
    kernel.worker.postMessage({ type: 'run', run: kernel.runs, settings, cut, force: true });
  });
  return { ...result, shown: [...shown.values()], checks: [...checks.values()] };
}

/** An operation that WebGPU does otherwise than WASM, or not at all. */
export interface Wrong {
  kernel: string;
  inputs: string;
  attributes: string;
  /** Largest difference, relative to the largest value. */
  apart: number;
  error?: string;
}

/**
 * Runs a paper's cells on WASM under each of some settings, and gives operations of every kind, with what they were
 * given, to WebGPU: how many, and which come out otherwise.
 */
export async function compareOperations(wish: {
  slug: string;
  settings: Settings[];
  cut?: number;
  tolerance: number;
  /** How many of a kind are compared, and up to how many numbers each. */
  whole: { ofAKind: number; again: number; affordable: number };
  /** A kernel whose answers are altered by a hundredth, to see that it is noticed. */
  damaged?: string;
}): Promise<{ operations: number; worst: number; wrong: Wrong[]; errors: string[]; seconds: number }> {
  const began = performance.now();
  const page = window as Kernels;
  const { wasm, webgpu } = page.kernels as Record<BackendName, TestKernel>;
  const asked = new Map<number, WholeOperation>();
  const wrong: Wrong[] = [];
  const errors: string[] = [];
  let [operations, worst] = [0, 0];
  let allAnswered = () => {};

  const shape = ({ dtype, shape }: WholeTensor) => `${dtype} [${shape}]`;
  const largest = ({ values }: WholeTensor) => {
    let most = 0;
    for (const value of values) if (Number.isFinite(value)) most = Math.max(most, Math.abs(value));
    return most;
  };
  /** Relative to the largest value, or to a hundredth of what went in: a sum that cancels is left with rounding. */
  const apart = (a: WholeTensor, b: WholeTensor, given: number) => {
    if (String(a.shape) !== String(b.shape) || a.dtype !== b.dtype) return Number.POSITIVE_INFINITY;
    const scale = Math.max(1e-3, largest(a), given / 100);
    let far = 0;
    for (const [i, value] of a.values.entries()) {
      const other = b.values[i];
      if (value === other || (Number.isNaN(value) && Number.isNaN(other))) continue;
      const distance = Math.abs(value - other) / scale;
      far = Number.isFinite(distance) ? Math.max(far, distance) : Number.POSITIVE_INFINITY;
    }
    return far;
  };
  const answered = ({ id, outputs, error }: Extract<FromKernel, { type: 'operated' }>) => {
    const expected = asked.get(id)!;
    if (expected.kernel === wish.damaged) outputs![0].values[0] += 0.01 * largest(expected.outputs[0]);
    asked.delete(id);
    const given = Math.max(0, ...Object.values(expected.inputs).map(largest));
    const far = error
      ? Number.POSITIVE_INFINITY
      : Math.max(...expected.outputs.map((one, i) => apart(one, outputs![i], given)));
    if (far <= wish.tolerance) worst = Math.max(worst, far);
    else {
      const inputs = Object.values(expected.inputs).map(shape).join(', ');
      const attributes = JSON.stringify(expected.attributes);
      wrong.push({ kernel: expected.kernel, inputs, attributes, apart: far, error });
    }
    if (asked.size === 0) allAnswered();
  };
  webgpu.hear = (message) => {
    if (message.type === 'operated') answered(message);
  };
  const ask = (operation: WholeOperation) => {
    operations += 1;
    asked.set(operations, operation);
    webgpu.worker.postMessage({ type: 'operate', id: operations, operation });
  };
  wasm.worker.postMessage({ type: 'load', notebook: page.workingPapers![wish.slug].notebook });
  for (const settings of wish.settings) {
    wasm.runs += 1;
    await new Promise<void>((resolve) => {
      wasm.hear = (message) => {
        if (message.type === 'operation') ask(message.operation);
        if (message.type === 'cell-error') errors.push(`${message.cell}: ${message.error.message}`);
        if (message.type === 'run-end') resolve();
      };
      wasm.worker.postMessage({
        type: 'run',
        run: wasm.runs,
        settings,
        cut: wish.cut,
        force: true,
        whole: wish.whole,
      });
    });
  }
  if (asked.size > 0) await new Promise<void>((resolve) => (allAnswered = resolve));
  const seconds = Math.round((performance.now() - began) / 1000);
  return { operations, worst, wrong, errors, seconds };
}
