/**
 * Trains the teacher and every student that the policies of this page can ask for, and writes
 * `public/data/n2n-compression.safetensors`: `node content/papers/n2n-compression/train.ts`.
 * About 300 networks, five seeds each, once on the teacher's logits and once on labels.
 */
import { writeFile } from 'node:fs/promises';
import { chooseBackend } from '../../../src/kernel/backends/choose.ts';
import { nodeLoaders } from '../../../src/kernel/loaders-node.ts';
import * as tf from '../../../src/kernel/tf.ts';
import type { Stored } from '../../../src/lab/safetensors-bytes.ts';
import { writeStored } from '../../../src/lab/safetensors-bytes.ts';
import { trainingLab } from '../../../src/tools/training-lab.ts';
import { distillation } from './mechanism.ts';
import { accuracies, logits } from './spiral.ts';
import { spiral, spoilt, start } from './spiral.ts';

type T = tf.Tensor;
type Loss = (z: T, targets: T) => T;

const seeds = 5;
const most = 7;
const teacherWidths = [48, 24, 48, 24, 48, 24, 48];
const grid = [6, 12, 18, 24, 36, 48];
const file = 'public/data/n2n-compression.safetensors';

await chooseBackend({ loaders: nodeLoaders, want: 'wasm' });
const lab = trainingLab(0);
const { random } = lab;

const entropy: Loss = (z, y) =>
  tf.mean(tf.sub(tf.logSumExp(z, -1), tf.sum(tf.mul(z, y), -1)), 1);
const oneHot = (labels: number[]) =>
  tf.oneHot(tf.tensor1d(labels, 'int32'), 3, 1, 0, 'float32') as T;
const forAll = (x: T, stack: number) =>
  tf.tile(tf.expandDims(x, 0), [stack, 1, 1]);

/** A stack of networks; each takes batches of its own points, [S, n, 2], in one order for all. */
async function train(
  widths: number[],
  [points, targets]: [T, T],
  loss: Loss,
  plan: { updates: number; batch: number; rate: number },
) {
  const [stack, n] = points.shape;
  const first = start(random, stack, widths);
  const named = first.map((w, i) => [`w${i}`, w] as [string, T]);
  const net = lab.parameters(Object.fromEntries(named));
  const optimiser = lab.adam(net, { rate: plan.rate });
  for await (const step of lab.steps(plan.updates)) {
    const turn = (Math.PI * step) / plan.updates;
    optimiser.rate = (plan.rate / 2) * (1 + Math.cos(turn));
    const drawn = random.integers([plan.batch], 0, n);
    const x = tf.gather(points, drawn, 1);
    const y = tf.gather(targets, drawn, 1);
    await optimiser.step((values) =>
      tf.sum(loss(logits(x, Object.values(values)), y)),
    );
  }
  const trained = Object.values(net.values());
  net.flat.dispose();
  return trained;
}

const test = spiral(random, 1000);
const lesson = spiral(random, 4000);
const spoiltLesson = oneHot(spoilt(random, lesson.arms));
const teacher = await train(
  teacherWidths,
  [forAll(lesson.points, 1), forAll(spoiltLesson, 1)],
  entropy,
  { updates: 1500, batch: 128, rate: 5e-3 },
);
const inTest = forAll(test.points, seeds);
const [teacherRight] = await measure(
  teacher.map((w) => tf.tile(w, [seeds, 1, 1])),
);
console.log(`teacher: ${teacherRight} of 1,000`);

// For each seed 400 points of its own, with the teacher's logits and with labels.
const own = Array.from({ length: seeds }, () => {
  const { points, arms } = spiral(random, 400);
  return {
    points: points as T,
    labels: oneHot(spoilt(random, arms)),
  };
});
const points = tf.stack(own.map((seed) => seed.points));
const labels = tf.stack(own.map((seed) => seed.labels));
const tiled = teacher.map((w) => tf.tile(w, [seeds, 1, 1]));
const teacherLogits = logits(points, tiled);

/** All students: what removal can leave, and what can be shrunk to with three layers or fewer. */
function students() {
  const found = new Map<string, number[]>();
  const keep = (widths: number[]) =>
    found.set(widths.join(), widths);
  for (let bits = 0; bits < 2 ** most; bits++)
    keep(teacherWidths.filter((_, t) => bits & (1 << t)));
  for (const a of grid) {
    keep([a]);
    for (const b of grid) {
      keep([a, b]);
      for (const c of grid) keep([a, b, c]);
    }
  }
  return [...found.values()];
}

const all = students();
const table = { distilled: [] as number[], labels: [] as number[] };
const codes: number[] = [];
const scales: number[] = [];
const plan = { updates: 300, batch: 64, rate: 0.01 };
for (const [i, widths] of all.entries()) {
  tf.engine().startScope();
  const toLogits: [T, T] = [points, teacherLogits];
  const distilled = await train(
    widths,
    toLogits,
    distillation,
    plan,
  );
  const right = await measure(distilled);
  table.distilled.push(...right);
  await keepMiddle(distilled, right);
  const taught = await train(
    widths,
    [points, labels],
    entropy,
    plan,
  );
  table.labels.push(...(await measure(taught)));
  tf.engine().endScope();
  if (i % 50 === 0) console.log(`${i} of ${all.length}`);
}

/** Of the 1,000 test points, those told right, for each seed. */
async function measure(net: T[]) {
  const right = accuracies(logits(inTest, net), test.arms);
  return [...(await tf.round(tf.mul(right, 1000)).data())];
}

/** The weights of the middle one of five, in 8 bits. */
async function keepMiddle(net: T[], right: number[]) {
  const middle = [...right].sort((a, b) => a - b)[seeds >> 1];
  const which = right.indexOf(middle);
  const one = net.map((w) =>
    tf.reshape(tf.gather(w, [which]), [-1]),
  );
  const values = [...(await tf.concat(one).data())];
  const scale =
    values.reduce((m, v) => Math.max(m, Math.abs(v)), 0) / 127;
  for (const value of values) codes.push(Math.round(value / scale));
  scales.push(scale);
}

const teacherFlat = teacher.map((w) => tf.reshape(w, [-1]));
const stored: Record<string, Stored> = {
  teacher: {
    shape: [7419],
    data: Float32Array.from(await tf.concat(teacherFlat).data()),
  },
  teacherRight: { shape: [1], data: Uint16Array.of(teacherRight) },
  widths: {
    shape: [all.length, most],
    data: Uint8Array.from(
      all.flatMap((widths) =>
        Array.from({ length: most }, (_, t) => widths[t] ?? 0),
      ),
    ),
  },
  distilled: {
    shape: [all.length, seeds],
    data: Uint16Array.from(table.distilled),
  },
  labels: {
    shape: [all.length, seeds],
    data: Uint16Array.from(table.labels),
  },
  codes: { shape: [codes.length], data: Int8Array.from(codes) },
  scales: { shape: [all.length], data: Float32Array.from(scales) },
};
const bytes = writeStored(stored);
await writeFile(file, bytes);
console.log(`${file}: ${bytes.byteLength} bytes`);
