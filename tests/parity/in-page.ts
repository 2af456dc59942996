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
  verdict: Verdict;
  outcome: string;
  errors: { cell: string; error: { message: string; line?: number } }[];
  shown: Shown[];
  checks: CheckResult[];
  kernels: number;
  tensors: number;
  milliseconds: number;
}

export interface Wish {
  slug: string;
  backend: BackendName;
  settings: Settings;
  cut?: number;
  /** Address of the site's root. */
  base: string;
}

/**
 * Runs a notebook in a kernel of its own, from inside a page of the site: Playwright sends this function there,
 * so it may use nothing from outside itself.
 */
export async function runInPage({ slug, backend, settings, cut, base }: Wish): Promise<PageRun> {
  const load = (url: string) =>
    new Promise<void>((resolve, reject) => {
      const script = document.createElement('script');
      Object.assign(script, { src: url, onload: () => resolve(), onerror: () => reject(new Error(url)) });
      document.head.append(script);
    });
  await load(`${base}_site/papers/${slug}.js`);
  const { notebook } = (window as unknown as { workingPapers: Record<string, { notebook: Notebook }> })
    .workingPapers[slug];
  const boot = `importScripts(${JSON.stringify(`${base}_site/kernel.js`)})`;
  const worker = new Worker(URL.createObjectURL(new Blob([boot], { type: 'text/javascript' })));
  const result = { errors: [], shown: new Map(), checks: new Map() } as unknown as Omit<
    PageRun,
    'shown' | 'checks'
  > & { shown: Map<string, Shown>; checks: Map<string, CheckResult> };
  const answer = async (name: string) => {
    const response = await fetch(base + (name.startsWith('data/') ? name : `_site/${name}`));
    worker.postMessage({ type: 'asset', name, bytes: await response.arrayBuffer() });
  };
  await new Promise<void>((resolve, reject) => {
    worker.onerror = (event) => reject(new Error(event.message));
    worker.onmessage = ({ data }: MessageEvent<FromKernel>) => {
      if (data.type === 'want') void answer(data.name);
      if (data.type === 'opened') result.verdict = data.verdict;
      if (data.type === 'output') result.shown.set(data.shown.id, data.shown);
      if (data.type === 'check') result.checks.set(data.check.id, data.check);
      if (data.type === 'cell-error') result.errors.push(data);
      if (data.type === 'failed') reject(new Error(data.error.message));
      if (data.type === 'device-lost') reject(new Error(`device lost: ${data.reason}`));
      if (data.type === 'run-end') resolve(void Object.assign(result, data));
    };
    worker.postMessage({ type: 'open', backend, allowSoftware: true });
    worker.postMessage({ type: 'load', notebook });
    worker.postMessage({ type: 'run', run: 1, settings, cut, force: true });
  });
  worker.terminate();
  return { ...result, shown: [...result.shown.values()], checks: [...result.checks.values()] };
}
