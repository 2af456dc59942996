/**
 * Trains the networks of this page and writes `public/data/wide-attention.safetensors`:
 * `node content/papers/wide-attention/train.ts`, with `one`, `two` or `digits` behind it for one task alone. Eight
 * heads of size 4 in 1, 2, 4 or 8 layers, width 32; weights as 8-bit numbers, times a step for each tensor.
 */
import { existsSync, readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { chooseBackend } from '../../../src/kernel/backends/choose.ts';
import { nodeLoaders } from '../../../src/kernel/loaders-node.ts';
import * as tf from '../../../src/kernel/tf.ts';
import { readStored } from '../../../src/lab/safetensors-bytes.ts';
import type { Stored } from '../../../src/lab/safetensors-bytes.ts';
import { writeStored } from '../../../src/lab/safetensors-bytes.ts';
import { trainingLab } from '../../../src/tools/training-lab.ts';

type T = tf.Tensor;
type Net = Record<string, T>;
type Lab = ReturnType<typeof trainingLab>;
interface Task {
  trainings: number;
  updates: number;
  classes: number;
  length: number;
  /** Of the vectors of places. */
  spread: number;
  /** Random first matrix: tokens to vectors. */
  embed: (lab: Lab) => T;
  /** Vectors of tokens, and what of the last layer is read. */
  enter: (x: T, embed: T) => T;
  leave: (x: T) => T;
  causal: boolean;
  batch: (lab: Lab) => Promise<{ x: T; y: T }>;
  test: (lab: Lab) => Promise<{ x: T; y: T }>;
}

const [width, headDim, inner, total] = [32, 4, 64, 8];
const file = 'public/data/wide-attention.safetensors';
await chooseBackend({ loaders: nodeLoaders, want: 'wasm' });

const pointer = (hops: number, updates: number): Task => {
  const draw = async (lab: Lab, count: number) => {
    const { tokens, answers } = lab.tasks.pointer(count, { hops });
    return { x: tokens as T, y: answers as T };
  };
  return {
    trainings: 1,
    updates,
    classes: 6,
    length: 7,
    spread: 1,
    embed: ({ random }) => random.normal([12, width]),
    enter: (x, embed) => tf.gather(embed, x),
    leave: (x) =>
      tf.squeeze(tf.slice(x, [0, 6, 0], [-1, 1, -1]), [1]),
    causal: true,
    batch: (lab) => draw(lab, 64),
    test: (lab) => draw(lab, 1000),
  };
};
const normalise = { minus: 0.13, times: 2.5 };
const digits = { size: 8, normalise } as const;
let pictures: Iterator<{ x: T; y: T }>;
const cut = (lab: Lab, x: T) =>
  lab.nn.patches(tf.reshape(x, [-1, 8, 8]), 2);
const tasks: Record<string, Task> = {
  one: pointer(1, 300),
  two: pointer(2, 700),
  digits: {
    trainings: 2,
    updates: 1000,
    classes: 10,
    length: 16,
    spread: 0.5,
    embed: ({ random }) => random.normal([4, width], 0, 1 / 2),
    enter: (x, embed) =>
      tf.reshape(tf.matMul(tf.reshape(x, [-1, 4]), embed), [
        -1,
        16,
        width,
      ]),
    leave: (x) => tf.mean(x, 1),
    causal: false,
    batch: async (lab) => {
      const { x, y } = pictures.next().value as { x: T; y: T };
      return { x: cut(lab, x), y };
    },
    test: async (lab) => {
      const { test } = await lab.data.mnist(digits);
      return { x: cut(lab, test.x), y: test.y };
    },
  },
};

const only = process.argv[2];
const all: Record<string, Stored> =
  only && existsSync(file)
    ? readStored(readFileSync(file)).tensors
    : {};
for (const [name, task] of Object.entries(tasks)) {
  if (only && only !== name) continue;
  for (const layers of [1, 2, 4, 8]) {
    const nets: Net[] = [];
    for (let seed = 0; seed < task.trainings; seed++)
      nets.push(await train(trainingLab(seed), name, task, layers));
    for (const part of Object.keys(nets[0])) {
      const stacked = tf.stack(nets.map((net) => net[part]));
      await keep(`${name}/${layers}/${part}`, stacked);
    }
  }
}
const bytes = writeStored(all);
await writeFile(file, bytes);
console.log(`${file}: ${bytes.byteLength} bytes`);

/** Eight bits a weight, and the step between two of them. */
async function keep(name: string, tensor: T) {
  const values = (await tensor.data()) as Float32Array;
  const step =
    values.reduce((m, v) => Math.max(m, Math.abs(v)), 0) / 127;
  const data = Int8Array.from(values, (v) => Math.round(v / step));
  all[name] = { shape: tensor.shape, data };
  all[`${name}.step`] = { shape: [], data: Float32Array.of(step) };
}

async function train(
  lab: Lab,
  name: string,
  task: Task,
  layers: number,
) {
  const { adam, nn, parameters, random, steps } = lab;
  const heads = total / layers;
  if (name === 'digits') {
    const { train } = await lab.data.mnist(digits);
    pictures = lab.batches(train, 64) as unknown as typeof pictures;
  }
  const some = (from: number, to: number, deep = 1) =>
    random.normal(
      [layers, from, to],
      0,
      1 / Math.sqrt(from * deep),
    );
  const size = heads * headDim;
  const net = parameters({
    embed: task.embed(lab),
    places: random.normal([task.length, width], 0, task.spread),
    q: some(width, size),
    k: some(width, size),
    v: some(width, size),
    o: some(size, width, layers),
    up: some(width, inner),
    down: some(inner, width, layers),
    read: random.normal(
      [width, task.classes],
      0,
      1 / Math.sqrt(width),
    ),
  });
  const options = {
    heads,
    mask: task.causal ? nn.causalMask(task.length) : undefined,
  };
  function logits(x: T, w: ReturnType<typeof net.values>) {
    let h = tf.add(task.enter(x, w.embed), w.places);
    const per = [w.q, w.k, w.v, w.o, w.up, w.down].map((t) =>
      tf.unstack(t),
    );
    for (let l = 0; l < layers; l++) {
      const [q, k, v, o, up, down] = per.map((t) => t[l]);
      h = nn.block(h, {
        mix: (t) => nn.multiHead(t, { q, k, v, o }, options),
        feed: (t) => nn.feedForward(t, { up, down }),
      });
    }
    return nn.dense(task.leave(nn.layerNorm(h)), w.read);
  }
  const optimiser = adam(net, { rate: 3e-3 });
  let running = 2;
  let reached = 0;
  const begun = performance.now();
  for await (const step of steps(task.updates, 'training')) {
    optimiser.rate =
      1.5e-3 * (1 + Math.cos((Math.PI * step) / task.updates));
    const { x, y } = await task.batch(lab);
    const loss = await optimiser.step((w) =>
      nn.crossEntropy(logits(x, w), y),
    );
    const [now] = await loss.data();
    running = 0.9 * running + 0.1 * now;
    if (running < 0.2 && !reached) reached = step;
  }
  const { x, y } = await task.test(lab);
  const share = (
    await nn.accuracy(logits(x, net.values()), y).data()
  )[0];
  const seconds = ((performance.now() - begun) / 1000).toFixed(1);
  console.log(
    `${name}, ${layers} × ${heads}: accuracy ${share.toFixed(4)}, loss ${running.toFixed(3)}, below 0.2 after ${reached}, ${net.size} weights, ${seconds} s`,
  );
  return net.values() as Net;
}
