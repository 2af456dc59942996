/** Decides whether a backend may be used: what it computes is compared with recorded answers. */
import type { BackendName, Verdict } from '../../protocol.ts';
import * as tf from '../tf.ts';
import { knownAnswers } from './known-answers.ts';
import { type Answers, answers } from './self-test-run.ts';

/**
 * Largest relative difference that agrees. GPUs sum in another order and have their own exp and tanh (3e-4 seen);
 * the others are at rounding. A wrong kernel is off by 1e-2 and more.
 */
const TOLERANCE: Record<BackendName, number> = { webgpu: 2e-3, wasm: 1e-4, cpu: 1e-4 };

/**
 * Runs about forty operations forward and backward on the current backend, which must be `backend`. The verdict
 * names the operations that do not agree; `refused` is left to the caller, who knows what comes next.
 */
export async function selfTest(backend: BackendName, device = ''): Promise<Verdict> {
  if (tf.getBackend() !== backend)
    throw new Error(`The self-test of ${backend} was called while ${tf.getBackend()} runs.`);
  const found = backend === 'webgpu' ? await withoutForwarding(answers) : await answers();
  const differences = Object.entries(knownAnswers).map(([name, known]) => ({
    name,
    by: difference(found[name], known),
  }));
  const right = differences.filter(({ by }) => by <= TOLERANCE[backend]);
  const wrong = differences.filter((d) => !right.includes(d)).map(({ name }) => name);
  const worst = Math.max(0, ...right.map(({ by }) => by));
  return { backend, device, operations: differences.length, agree: right.length, worst, wrong, refused: '' };
}

/** tfjs runs small operations of its GPU backends on the CPU: then the test would prove the CPU right. */
async function withoutForwarding(work: () => Promise<Answers>): Promise<Answers> {
  const before = tf.env().getBool('WEBGPU_CPU_FORWARD');
  tf.env().set('WEBGPU_CPU_FORWARD', false);
  try {
    return await work();
  } finally {
    tf.env().set('WEBGPU_CPU_FORWARD', before);
  }
}

/** Largest difference over value and gradients, each relative to its own largest answer; infinite for no answer. */
function difference(found: number[][] | string | undefined, known: number[][]): number {
  if (!Array.isArray(found) || found.length !== known.length) return Number.POSITIVE_INFINITY;
  return Math.max(...known.map((answer, k) => relative(found[k], answer)));
}

function relative(found: number[], known: number[]): number {
  if (found.length !== known.length || !found.every(Number.isFinite)) return Number.POSITIVE_INFINITY;
  const scale = Math.max(1e-3, ...known.map(Math.abs));
  return Math.max(...known.map((value, k) => Math.abs(found[k] - value))) / scale;
}
