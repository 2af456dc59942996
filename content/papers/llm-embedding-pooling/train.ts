/**
 * Trains the language model of this page on sentences of `grammar.ts` and writes
 * `public/data/llm-embedding-pooling.safetensors`: `node content/papers/llm-embedding-pooling/train.ts`. Its authors have
 * no habits: a word that is not of the topic is any of the sixteen.
 */
import { writeFile } from 'node:fs/promises';
import { chooseBackend } from '../../../src/kernel/backends/choose.ts';
import { nodeLoaders } from '../../../src/kernel/loaders-node.ts';
import * as tf from '../../../src/kernel/tf.ts';
import { writeSafetensors } from '../../../src/lab/safetensors.ts';
import { trainingLab } from '../../../src/tools/training-lab.ts';
import { sentence } from './grammar.ts';
import { type Net, scaled, states } from './model.ts';

const [d, inner, layers, length] = [32, 128, 4, 16];
const [words, batch, updates] = [66, 64, 700];
const purity = Number(process.argv[2] ?? 0.65);
const file = 'public/data/llm-embedding-pooling.safetensors';

await chooseBackend({ loaders: nodeLoaders, want: 'wasm' });
const { adam, nn, parameters, random } = trainingLab(0);
const net = parameters<Net>({
  ...maps(),
  embed: random.normal([words, d]),
  place: random.normal([length, d], 0, 0.1),
  head: random.normal([d, words], 0, 1 / Math.sqrt(d)),
});
const mask = nn.causalMask(length);
const optimiser = adam(net, { rate: 3e-3 });
for (let step = 1; step <= updates; step++) {
  tf.engine().startScope('step');
  const left = (2 * (updates - step)) / updates;
  optimiser.rate = 3e-3 * Math.min(1, step / 50, 0.05 + left);
  const ids = Array.from({ length: batch }, draw);
  const loss = await optimiser.step((net) => nextWord(ids, net));
  if (step % 50 === 0) await report(step, loss);
  tf.engine().endScope();
}
const { head: _, ...kept } = net.values();
const bytes = await writeSafetensors(kept);
await writeFile(file, new Uint8Array(bytes));
console.log(`${file}: ${bytes.byteLength} bytes`);

/** The maps of the layers; what they add to the stream is small. */
function maps(): Net {
  const many = (shape: number[], variance: number) =>
    random.normal([layers, ...shape], 0, Math.sqrt(variance));
  return {
    q: many([d, d], 1 / d),
    k: many([d, d], 1 / d),
    v: many([d, d], 1 / d),
    o: many([d, d], 1 / (2 * layers * d)),
    up: many([d, inner], 1 / d),
    down: many([inner, d], 1 / (2 * layers * inner)),
  };
}

function draw(_: unknown, i: number) {
  const anyWord = () => random.integer(0, 16);
  return sentence(i % 16, anyWord, purity, () => random.number());
}

/** −log p of each next word, nats a word. */
function nextWord(ids: number[][], net: Net) {
  const x = tf.gather(
    net.embed,
    tf.tensor2d(ids, undefined, 'int32'),
  );
  const h = states(x, net, mask).unstack().at(-1)!;
  const read = scaled(h.slice([0, 0], [-1, length - 1]));
  const next = tf.tensor1d(
    ids.flatMap((row) => row.slice(1)),
    'int32',
  );
  return nn.crossEntropy(
    tf.matMul(read.reshape([-1, d]), net.head),
    next,
  );
}

async function report(step: number, loss: tf.Tensor) {
  const seconds = process.cpuUsage().user / 1e6;
  console.log(`${step}: ${(await loss.data())[0]}, ${seconds} s`);
}
