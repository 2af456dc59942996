/** Chooses the backend that runs: the first in order that exists here and passes the self-test. */
import type { BackendName, Verdict } from '../../protocol.ts';
import * as tf from '../tf.ts';
import { probe } from './adapter.ts';
import { correctGradients } from './gradients.ts';
import { selfTest } from './self-test.ts';
import { completeWasm } from './wasm.ts';
import { correctWebgpu } from './webgpu.ts';

/** How this place gets each backend: loads its code, which registers it with tfjs. */
export type Loaders = Record<BackendName, () => Promise<void>>;

export interface ChooseOptions {
  loaders: Loaders;
  /** Tried first. Asking for WebGPU accepts a software adapter. */
  want?: BackendName;
  allowSoftware?: boolean;
  /** Of an earlier kernel: where the same backend runs on the same device, it stands and nothing is tested. */
  proved?: Verdict;
  /** Called when a backend runs and its self-test begins. */
  onTest?: (backend: BackendName) => void;
  /** Instead of navigator.gpu. */
  gpu?: GPU;
}

export interface Choice {
  /** Of the backend that is now current. */
  verdict: Verdict;
  /** Of those that were refused before it, in order, each with its reason. */
  tried: Verdict[];
}

const ORDER: BackendName[] = ['webgpu', 'wasm', 'cpu'];
const NAMES: Record<BackendName, string> = { webgpu: 'WebGPU', wasm: 'WASM', cpu: 'the CPU' };

/** Leaves the chosen backend current, completed, with corrected gradients. Throws a sentence if none can be used. */
export async function chooseBackend(options: ChooseOptions): Promise<Choice> {
  const order = options.want ? [options.want, ...ORDER.filter((name) => name !== options.want)] : ORDER;
  const tried: Verdict[] = [];
  for (const backend of order) {
    const verdict = await attempt(backend, options);
    if (verdict.refused === '')
      return { verdict, tried: tried.map((t) => ended(t, `using ${NAMES[backend]}`)) };
    tried.push(verdict);
  }
  const reasons = tried.map((t) => ended(t, 'refused').refused).join(' ');
  throw new Error(`No backend of TensorFlow.js can be used here. ${reasons} Another browser may have one.`);
}

const ended = (verdict: Verdict, end: string): Verdict => ({
  ...verdict,
  refused: `${verdict.refused}: ${end}.`,
});

async function attempt(backend: BackendName, options: ChooseOptions): Promise<Verdict> {
  try {
    const device = await start[backend](options);
    if (device.refused) return refusal(backend, device.words, device.refused);
    correctGradients();
    if (isProved(options.proved, backend, device.words)) return options.proved;
    options.onTest?.(backend);
    const verdict = await selfTest(backend, device.words);
    return verdict.wrong.length === 0
      ? verdict
      : { ...verdict, refused: computesWrongly(backend, verdict.wrong) };
  } catch (error) {
    return refusal(
      backend,
      '',
      `${capital(NAMES[backend])} could not be started (${(error as Error)?.message ?? error})`,
    );
  }
}

const isProved = (proved: Verdict | undefined, backend: BackendName, device: string): proved is Verdict =>
  proved?.backend === backend && proved.device === device && proved.refused === '';

interface Device {
  words: string;
  refused?: string;
}

/** Each loads its backend, makes it current and says in words what it runs on. */
const start: Record<BackendName, (options: ChooseOptions) => Promise<Device>> = {
  async webgpu({ loaders, want, allowSoftware, gpu = globalThis.navigator?.gpu }) {
    const found = await probe(gpu, Boolean(allowSoftware) || want === 'webgpu');
    if ('refused' in found) return { words: '', refused: found.refused };
    await loaders.webgpu();
    await initialise('webgpu');
    correctWebgpu();
    return { words: found.device };
  },
  async wasm({ loaders }) {
    await loaders.cpu();
    await loaders.wasm();
    await initialise('wasm');
    await completeWasm();
    return { words: (await tf.env().getAsync('WASM_HAS_SIMD_SUPPORT')) ? 'SIMD' : 'without SIMD' };
  },
  async cpu({ loaders }) {
    await loaders.cpu();
    await initialise('cpu');
    return { words: 'JavaScript' };
  },
};

async function initialise(backend: BackendName): Promise<void> {
  const ran = await tf.setBackend(backend);
  // tfjs goes on to the next backend without a word.
  if (!ran || tf.getBackend() !== backend)
    throw new Error(`its initialisation failed, ${tf.getBackend() || 'nothing'} runs instead`);
}

function refusal(backend: BackendName, device: string, refused: string): Verdict {
  return { backend, device, operations: 0, agree: 0, worst: 0, wrong: [], refused };
}

function computesWrongly(backend: BackendName, wrong: string[]): string {
  const named =
    wrong.length > 3 ? `${wrong.slice(0, 3).join(', ')} and ${wrong.length - 3} more` : wrong.join(', ');
  return `${capital(NAMES[backend])} on this device computes ${named} wrongly`;
}

const capital = (text: string) => text[0].toUpperCase() + text.slice(1);
