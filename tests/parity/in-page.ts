import type {
  BackendName,
  CheckResult,
  FromKernel,
  Notebook,
  Settings,
  Shown,
  Verdict,
} from '../../src/protocol.ts';

export interface PageRun {
  outcome: string;
  errors: { cell: string; error: { message: string; line?: number } }[];
  shown: Shown[];
  checks: CheckResult[];
  kernels: number;
  tensors: number;
  milliseconds: number;
  /** Milliseconds of each cell. */
  cells: Record<string, number>;
  /** Words to be replaced that no cell holds. */
  unknown: string[];
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

/** Starts a kernel on a backend, kept on the page; gives its verdict. */
export async function openKernel({
  backend,
  base,
}: {
  backend: BackendName;
  base: string;
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
    worker.postMessage({ type: 'open', backend, allowSoftware: true });
  });
}

/** Runs a paper's notebook in the kernel that `openKernel` left on this page. */
export async function runNotebook(wish: {
  slug: string;
  backend: BackendName;
  settings: Settings;
  /** Words of the cells and what stands in their place: sizes, where a software GPU would take minutes. */
  smaller?: Record<string, string>;
  cut?: number;
  base: string;
}): Promise<PageRun> {
  const { slug, backend, settings, smaller = {}, cut, base } = wish;
  const page = window as Kernels;
  if (!page.workingPapers?.[slug]) {
    await new Promise((resolve, reject) => {
      const script = document.createElement('script');
      Object.assign(script, { src: `${base}_site/papers/${slug}.js`, onload: resolve, onerror: reject });
      document.head.append(script);
    });
  }
  const kernel = page.kernels![backend]!;
  const result = { errors: [], cells: {}, unknown: [] } as unknown as PageRun;
  const notebook = structuredClone(page.workingPapers![slug].notebook);
  for (const [words, instead] of Object.entries(smaller)) {
    const holding = notebook.cells.filter(({ body }) => body.includes(words));
    if (holding.length === 0) result.unknown.push(words);
    for (const cell of holding) cell.body = cell.body.replaceAll(words, instead);
  }
  const shown = new Map<string, Shown>();
  const checks = new Map<string, CheckResult>();
  await new Promise<void>((resolve, reject) => {
    kernel.hear = (message) => {
      if (message.type === 'output') shown.set(message.shown.id, message.shown);
      if (message.type === 'check') checks.set(message.check.id, message.check);
      if (message.type === 'cell-end') result.cells[message.cell] = Math.round(message.milliseconds);
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
