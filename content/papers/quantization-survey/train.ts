/**
 * Trains the four networks of this page and writes `public/data/quantization-survey.safetensors`:
 * `node content/papers/quantization-survey/train.ts`. MNIST at 8 × 8 pixels, 64-64-32-10, ReLU.
 */
import { writeFile } from 'node:fs/promises';
import { chooseBackend } from '../../../src/kernel/backends/choose.ts';
import { nodeLoaders } from '../../../src/kernel/loaders-node.ts';
import * as tf from '../../../src/kernel/tf.ts';
import { writeSafetensors } from '../../../src/lab/safetensors.ts';
import { trainingLab } from '../../../src/tools/training-lab.ts';

const networks = 4;
const updates = 1500;

await chooseBackend({ loaders: nodeLoaders, want: 'wasm' });

const trained: Awaited<ReturnType<typeof train>>[] = [];
for (let seed = 0; seed < networks; seed++)
  trained.push(await train(trainingLab(seed)));
const names = Object.keys(
  trained[0],
) as (keyof (typeof trained)[0])[];
const stacked = Object.fromEntries(
  names.map((name) => [
    name,
    tf.stack(trained.map((n) => n[name])),
  ]),
);
const bytes = await writeSafetensors(stacked);
const file = 'public/data/quantization-survey.safetensors';
await writeFile(file, new Uint8Array(bytes));
console.log(`${file}: ${bytes.byteLength} bytes`);

async function train(lab: ReturnType<typeof trainingLab>) {
  const { adam, batches, data, nn, parameters, steps } = lab;
  const normalise = { minus: 0.15, times: 2 };
  const mnist = await data.mnist({
    size: 8,
    flat: true,
    normalise,
  });
  const net = parameters({
    w1: nn.he([64, 64]),
    b1: tf.zeros([1, 64]) as tf.Tensor,
    w2: nn.he([64, 32]),
    b2: tf.zeros([1, 32]) as tf.Tensor,
    w3: nn.he([32, 10]),
    b3: tf.zeros([1, 10]) as tf.Tensor,
  });
  type Values = ReturnType<typeof net.values>;
  const logits = (x: tf.Tensor, n: Values) => {
    const first = tf.relu(nn.dense(x, n.w1, n.b1));
    const second = tf.relu(nn.dense(first, n.w2, n.b2));
    return nn.dense(second, n.w3, n.b3);
  };
  const optimiser = adam(net, { rate: 3e-3 });
  const batch = batches(mnist.train, 128);
  for await (const step of steps(updates)) {
    optimiser.rate =
      1.5e-3 * (1 + Math.cos((Math.PI * step) / updates));
    const { x, y } = batch.next().value;
    await optimiser.step((n) => nn.crossEntropy(logits(x, n), y));
  }
  const found = net.values();
  const right = nn.accuracy(
    logits(mnist.test.x, found),
    mnist.test.y,
  );
  console.log(`accuracy ${(await right.data())[0].toFixed(3)}`);
  return found;
}
