/**
 * Trains the networks of this page on the digits of `mnist-8` and writes `public/data/depth-efficiency.safetensors`:
 * `node content/papers/depth-efficiency/train.ts`. Two trainings each of 4 and of 12 layers.
 */
import { writeFile } from 'node:fs/promises';
import { chooseBackend } from '../../../src/kernel/backends/choose.ts';
import { nodeLoaders } from '../../../src/kernel/loaders-node.ts';
import * as tf from '../../../src/kernel/tf.ts';
import { writeSafetensors } from '../../../src/lab/safetensors.ts';
import { trainingLab } from '../../../src/tools/training-lab.ts';
import { type Net, readOut, stream } from './mechanism.ts';

const [d, inner, updates] = [48, 64, 600];
const file = 'public/data/depth-efficiency.safetensors';

await chooseBackend({ loaders: nodeLoaders, want: 'wasm' });
const all: Record<string, tf.Tensor> = {};
for (const layers of [4, 12]) {
  const nets: Net[] = [];
  for (let seed = 0; seed < 2; seed++)
    nets.push(await train(layers, seed));
  for (const name of Object.keys(nets[0]) as (keyof Net)[])
    all[`${layers}/${name}`] = tf.stack(
      nets.map((net) => net[name]),
    );
}
const bytes = await writeSafetensors(all);
await writeFile(file, new Uint8Array(bytes));
console.log(`${file}: ${bytes.byteLength} bytes`);

async function train(layers: number, seed: number): Promise<Net> {
  const { adam, batches, data, nn, parameters, random, toNumber } =
    trainingLab(seed);
  const { train, test } = await data.mnist({
    size: 8,
    train: 4000,
    test: 1000,
    flat: true,
  });
  const pixels = (x: tf.Tensor) => x.mul(2).sub(0.3);
  const normal = (shape: number[], from: number) =>
    random.normal(shape, 0, 1 / Math.sqrt(from));
  const net = parameters<Net>({
    embed: normal([64, d], 64),
    up: normal([layers, d, inner], d),
    bias: tf.zeros([layers, inner]),
    down: normal([layers, inner, d], inner),
    head: normal([d, 10], d),
  });
  const optimiser = adam(net, { rate: 2e-3 });
  const batch = batches(train, 128);
  const logits = (x: tf.Tensor, w: Net) =>
    readOut(stream(pixels(x), w).states.at(-1)!, w);
  for (let step = 0; step < updates; step++) {
    const { x, y } = batch.next().value;
    const loss = await optimiser.step((w) =>
      nn.crossEntropy(logits(x, w), y),
    );
    tf.dispose([loss, x, y]);
  }
  const right = await toNumber(
    nn.accuracy(logits(test.x, net.values()), test.y),
  );
  console.log(
    `${layers} layers, seed ${seed}: ${net.size} weights, accuracy ${right}`,
  );
  return net.values();
}
