/**
 * What completing the WASM backend gains: each task with the kernels as shipped (or bridged from the CPU backend,
 * where nothing is shipped) and with ours, in turns in one process, the fastest of each compared.
 * `node tests/bench/wasm.ts` prints the table.
 */
import { pathToFileURL } from 'node:url';
import { correctGradients } from '../../src/kernel/backends/gradients.ts';
import { kernel } from '../../src/kernel/backends/register-kernels.ts';
import { completeWasm } from '../../src/kernel/backends/wasm.ts';
import { lentFromCpu } from '../../src/kernel/backends/wasm-bridge.ts';
import { nodeLoaders } from '../../src/kernel/loaders-node.ts';
import * as tf from '../../src/kernel/tf.ts';
import { adam, gradients } from '../../src/lab/optimisers.ts';
import { parameters } from '../../src/lab/parameters.ts';

export interface Gain {
  name: string;
  /** Milliseconds as shipped and as completed. */
  before: number;
  after: number;
  /** after / before, which must be at most `bar`. */
  ratio: number;
  bar: number;
  holds: boolean;
}

interface Task {
  name: string;
  bar: number;
  run: () => tf.TensorContainer;
}

type Kernels = Map<string, any>;

/** Measures every task. About 10 s. */
export async function wasmBench(): Promise<Gain[]> {
  const [shipped, completed] = await bothSets();
  return tasks().map(({ name, bar, run }) => {
    const [before, after] = inTurns([shipped, completed], run);
    return { name, before, after, ratio: after / before, bar, holds: after / before <= bar };
  });
}

/** The kernels as shipped, gaps filled from the CPU backend, and as completed. */
async function bothSets(): Promise<[Kernels, Kernels]> {
  await nodeLoaders.cpu();
  await nodeLoaders.wasm();
  await tf.setBackend('cpu');
  await tf.setBackend('wasm');
  const shipped = present();
  await completeWasm();
  correctGradients();
  const completed = present();
  for (const name of completed.keys()) if (!shipped.has(name)) shipped.set(name, lentFromCpu(name));
  return [shipped, completed];
}

const present = (): Kernels =>
  new Map(tf.getKernelsForBackend('wasm').map((k) => [k.kernelName, k.kernelFunc]));

function install(kernels: Kernels): void {
  for (const [name, run] of kernels)
    if (tf.getKernel(name, 'wasm')?.kernelFunc !== run) kernel(name, 'wasm', run);
}

/** The fastest run with each set, among some hundred in turns: what else the machine does only adds time. */
function inTurns(sets: Kernels[], run: () => tf.TensorContainer, rounds = 12, enough = 2000): number[] {
  const fastest = sets.map(() => Number.POSITIVE_INFINITY);
  const spent = sets.map(() => 0);
  for (let round = 0; round < rounds; round++)
    for (const [k, kernels] of sets.entries()) {
      if (spent[k] > enough) continue;
      install(kernels);
      const { best, all } = burst(run);
      fastest[k] = Math.min(fastest[k], best);
      spent[k] += all;
    }
  return fastest;
}

/** As many runs as fit in 80 ms: their fastest, and the time of all. */
function burst(run: () => tf.TensorContainer): { best: number; all: number } {
  const began = performance.now();
  for (let best = Number.POSITIVE_INFINITY; ; ) {
    const start = performance.now();
    tf.dispose(tf.tidy(run));
    best = Math.min(best, performance.now() - start);
    const all = performance.now() - began;
    if (all > 80) return { best, all };
  }
}

function tasks(): Task[] {
  const [x, dy] = [tf.randomNormal([64, 14, 14, 8]), tf.randomNormal([64, 14, 14, 16])];
  const conv = { strides: [1, 1], pad: 'same', dataFormat: 'NHWC' };
  const [a, b] = [tf.randomNormal([8, 128, 64]), tf.randomNormal([8, 64, 64])];
  const table = tf.randomNormal([200, 32]);
  const ids = tf.tensor1d(
    Array.from({ length: 1024 }, (_, k) => (k * 37) % 200),
    'int32',
  );
  const engine = tf.engine();
  return [
    { name: 'dense step 196-64-64-10, batch 128, Adam', bar: 0.5, run: denseStep() },
    {
      name: 'conv 3×3 filter gradient, 64×14×14×8 to 16',
      bar: 0.1,
      run: () => engine.runKernel('Conv2DBackpropFilter', { x, dy }, { ...conv, filterShape: [3, 3, 8, 16] }),
    },
    {
      name: 'conv 3×3 input gradient, the same',
      bar: 0.5,
      run: () =>
        engine.runKernel(
          'Conv2DBackpropInput',
          { dy, filter: tf.ones([3, 3, 8, 16]) },
          { ...conv, inputShape: [64, 14, 14, 8] },
        ),
    },
    {
      name: 'batched product 8 × 128×64×64, with gradients',
      bar: 0.5,
      run: () => tf.grads((p, q) => tf.matMul(p, q))([a, b]),
    },
    {
      name: 'gather 1024 of 200 rows of 32, gradient',
      bar: 0.1,
      run: () => tf.grad((t) => tf.gather(t, ids))(table),
    },
  ];
}

/** As a cell takes it: one flat variable, Adam of `lab`. */
function denseStep(): () => tf.TensorContainer {
  const weight = (rows: number, columns: number) => tf.randomNormal([rows, columns], 0, 0.1);
  const net = parameters({ w1: weight(196, 64), w2: weight(64, 64), w3: weight(64, 10) });
  const x = tf.randomNormal([128, 196]);
  const labels = tf.oneHot(tf.range(0, 128, 1, 'int32').mod(tf.scalar(10, 'int32')), 10);
  const logits = ({ w1, w2, w3 }: Record<'w1' | 'w2' | 'w3', tf.Tensor>) =>
    tf.matMul(tf.relu(tf.matMul(tf.relu(tf.matMul(x, w1)), w2)), w3);
  const optimiser = adam(net, { rate: 0.001 });
  return () => {
    const found = gradients(net, (values) => tf.losses.softmaxCrossEntropy(labels, logits(values)));
    optimiser.apply(found.gradients);
    return found.loss;
  };
}

function table(gains: Gain[]): string {
  const rows = gains.map(
    (g) =>
      `${g.name.padEnd(50)}${g.before.toFixed(2).padStart(10)}${g.after.toFixed(2).padStart(12)}${g.ratio.toFixed(3).padStart(9)}${`≤ ${g.bar}`.padStart(8)}  ${g.holds ? 'holds' : 'FAILS'}`,
  );
  return [`${''.padEnd(50)}shipped ms  completed ms   ratio    bar`, ...rows].join('\n');
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const gains = await wasmBench();
  console.log(table(gains));
  if (!gains.every(({ holds }) => holds)) process.exitCode = 1;
}
