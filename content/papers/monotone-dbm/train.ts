/**
 * Trains the two machines of this page and writes `public/data/monotone-dbm.safetensors`:
 * `node content/papers/monotone-dbm/train.ts`. 64 pixels, 16 hidden nodes of two states, one label of ten.
 */
import { writeFile } from 'node:fs/promises';
import { chooseBackend } from '../../../src/kernel/backends/choose.ts';
import { nodeLoaders } from '../../../src/kernel/loaders-node.ts';
import * as tf from '../../../src/kernel/tf.ts';
import { writeSafetensors } from '../../../src/lab/safetensors.ts';
import { trainingLab } from '../../../src/tools/training-lab.ts';

type T = tf.Tensor;
const [pixels, hidden, classes] = [64, 16, 10];
const D = 2 * (pixels + hidden) + classes;
const updates = 1500;
const margin = 0.1;

await chooseBackend({ loaders: nodeLoaders, want: 'wasm' });
const { averaged, capped, couplings } = await import(
  './mechanism.ts'
);

const nodeOf = Array.from({ length: D }, (_, d) =>
  d < D - classes ? d >> 1 : pixels + hidden,
);
const seg = tf.oneHot(
  tf.tensor1d(nodeOf, 'int32'),
  pixels + hidden + 1,
  1,
  0,
  'float32',
);
const own = tf.matMul(seg, seg, false, true);

const monotone = await train(
  trainingLab(0),
  ({ normal }) => normal([96, D], 0, 0.7 / Math.sqrt(96)),
  (A) => couplings(capped(A, seg, margin), seg),
  [3, 15],
);
const free = await train(
  trainingLab(0),
  ({ normal }) => normal([D, D], 0, 0.05),
  (S) => S.add(S.transpose()).div(2).mul(tf.sub(1, own)),
  [1, 1],
);
const bytes = await writeSafetensors({
  A: monotone.weights,
  bias: monotone.bias,
  sharpness: monotone.sharpness,
  freePhi: free.phi,
  freeBias: free.bias,
  freeSharpness: free.sharpness,
});
const file = 'public/data/monotone-dbm.safetensors';
await writeFile(file, new Uint8Array(bytes));
console.log(`${file}: ${bytes.byteLength} bytes`);

type Lab = ReturnType<typeof trainingLab>;

async function train(
  lab: Lab,
  start: (random: Lab['random']) => T,
  phiOf: (weights: T) => T,
  sharpness: number[],
) {
  const { adam, batches, data, nn, parameters, random, steps } =
    lab;
  const mnist = await data.mnist({ size: 8, flat: true });
  const statesOf = (x: T, y: T) => {
    const on = x.greater(0.4).toFloat();
    const pair = tf
      .stack([tf.sub(1, on), on], 2)
      .reshape([-1, 2 * pixels]);
    const label = tf.oneHot(y.toInt(), classes, 1, 0, 'float32');
    const middle = tf.fill([x.shape[0], 2 * hidden], 0.5);
    return tf.concat([pair, middle, label], 1);
  };
  const net = parameters({
    weights: start(random),
    bias: tf.zeros([1, D]) as T,
    sharpness: tf.tensor1d(sharpness) as T,
  });
  type Values = ReturnType<typeof net.values>;
  const none = (batch: number, share: T) => {
    const drawn = random.uniform([batch, pixels]);
    const seen = drawn.greater(share).toFloat();
    const both = tf
      .stack([seen, seen], 2)
      .reshape([batch, 2 * pixels]);
    return both.pad([
      [0, 0],
      [0, 2 * hidden + classes],
    ]);
  };
  const half = tf.scalar(0.5);
  const fieldOf = (
    truth: T,
    mask: T,
    { weights, bias }: Values,
    rounds: number,
  ) => {
    const phi = phiOf(weights);
    const known = truth.mul(mask);
    const unknown = tf.sub(1, mask);
    const flat = seg.div(seg.sum(0, true)).sum(1); // 1/k
    let q: T = known.add(unknown.mul(flat));
    for (let round = 0; round < rounds; round++) {
      const field = tf.matMul(q, phi).add(bias);
      q = averaged(q, field, half, seg).mul(unknown).add(known);
    }
    return tf.matMul(q, phi).add(bias);
  };
  const logSoftmax = (x: T) => x.sub(tf.logSumExp(x, -1, true));
  const split = (field: T) => [
    field.slice([0, 0], [-1, 2 * pixels]).reshape([-1, pixels, 2]),
    field.slice([0, 2 * (pixels + hidden)], [-1, classes]),
  ];
  const loss = (truth: T, mask: T, net: Values) => {
    const [field, label] = split(fieldOf(truth, mask, net, 12));
    const [actual, answer] = split(truth);
    const [seen] = split(mask);
    const [one, two] = net.sharpness.split(2);
    const missing = tf.sub(1, seen);
    const pixelLoss = logSoftmax(field.mul(one))
      .mul(actual)
      .mul(missing)
      .sum()
      .div(missing.sum().div(-2).add(1));
    const labelLoss = logSoftmax(label.mul(two))
      .mul(answer)
      .sum()
      .div(-truth.shape[0]);
    return pixelLoss.add(labelLoss.mul(2)) as tf.Scalar;
  };
  const optimiser = adam(net, { rate: 5e-3 });
  const batch = batches(mnist.train, 64);
  let mean = 0;
  for await (const step of steps(updates)) {
    optimiser.rate =
      2.5e-3 * (1 + Math.cos((Math.PI * step) / updates));
    const { x, y } = batch.next().value;
    const truth = statesOf(x, y);
    const mask = none(64, random.uniform([64, 1], 0, 0.6));
    const value = await optimiser.step((now) =>
      loss(truth, mask, now),
    );
    mean += (await value.data())[0] / 200;
    if (step % 200 === 199) {
      console.log(`${step + 1}: ${mean.toFixed(3)}`);
      mean = 0;
    }
  }
  const found = net.values();
  const phi = phiOf(found.weights);
  for (const share of [0, 0.4, 0.6]) {
    const { x, y } = mnist.test;
    const truth = statesOf(x, y);
    const mask = none(x.shape[0], tf.scalar(share));
    const [field, label] = split(fieldOf(truth, mask, found, 60));
    const [actual] = split(truth);
    const right = await nn.accuracy(label, y).data();
    const hit = field.argMax(2).equal(actual.argMax(2)).toFloat();
    const missing = tf.sub(1, split(mask)[0].mean(2));
    const pixel = await hit
      .mul(missing)
      .sum()
      .div(missing.sum().maximum(1))
      .data();
    console.log(
      `hidden ${share}: label ${right[0].toFixed(3)}, pixels ${pixel[0].toFixed(3)}`,
    );
  }
  console.log(`sharpness ${await found.sharpness.data()}`);
  return { ...found, phi };
}
