/**
 * What completing the WASM backend gains: each task with the kernels as shipped (or bridged from the CPU backend,
 * where nothing is shipped) and with ours, in turns in one process, by processor time.
 * `node tests/bench/wasm.ts` prints the table.
 */
import { pathToFileURL } from 'node:url';
import { correctGradients } from '../../src/kernel/backends/gradients.ts';
import { nodeLoaders } from '../../src/kernel/backends/loaders-node.ts';
import { kernel } from '../../src/kernel/backends/register.ts';
import { completeWasm } from '../../src/kernel/backends/wasm.ts';
import { lentFromCpu } from '../../src/kernel/backends/wasm-bridge.ts';
import * as tf from '../../src/kernel/tf.ts';

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

/** Processor time of a run with each set, at its fastest: what the machine does besides only adds time. */
function inTurns(sets: Kernels[], run: () => tf.TensorContainer, rounds = 12, enough = 2000): number[] {
  const took: number[][] = sets.map(() => []);
  for (let round = 0; round < rounds; round++)
    for (const [k, kernels] of sets.entries()) {
      if (took[k].reduce((sum, ms) => sum + ms, 0) > enough) continue;
      install(kernels);
      took[k].push(milliseconds(run));
    }
  return took.map((times) => Math.min(...times));
}

/** Mean over as many runs as fit in about 60 ms. */
function milliseconds(run: () => tf.TensorContainer): number {
  const began = process.cpuUsage();
  for (let runs = 1; ; runs++) {
    tf.dispose(tf.tidy(run));
    const { user, system } = process.cpuUsage(began);
    if (user + system > 60_000) return (user + system) / 1000 / runs;
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

function denseStep(): () => tf.TensorContainer {
  const sizes = [196, 64, 64, 10];
  const weights = sizes.slice(1).map((n, k) => tf.variable(tf.randomNormal([sizes[k], n], 0, 0.1)));
  const [x, labels] = [
    tf.randomNormal([128, 196]),
    tf.oneHot(tf.range(0, 128, 1, 'int32').mod(tf.scalar(10, 'int32')), 10),
  ];
  const optimizer = tf.train.adam(0.001);
  const net = (input: tf.Tensor) =>
    weights.reduce(
      (h, w, k) => (k < 2 ? tf.relu(tf.matMul(h, w)) : tf.matMul(h, w)) as tf.Tensor2D,
      input as tf.Tensor2D,
    );
  return () => optimizer.minimize(() => tf.losses.softmaxCrossEntropy(labels, net(x)), true)!;
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
