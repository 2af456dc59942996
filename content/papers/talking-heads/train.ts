/**
 * Trains the networks of this page on lists with a pointer and writes
 * `public/data/talking-heads.safetensors`:
 * `node content/papers/talking-heads/train.ts`. `decay` and `free`
 * have two layers, with and without weight decay, `one` has one.
 */
import { writeFile } from 'node:fs/promises';
import { chooseBackend } from '../../../src/kernel/backends/choose.ts';
import { nodeLoaders } from '../../../src/kernel/loaders-node.ts';
import * as tf from '../../../src/kernel/tf.ts';
import { adam } from '../../../src/lab/optimisers.ts';
import { parameters } from '../../../src/lab/parameters.ts';
import { writeSafetensors } from '../../../src/lab/safetensors.ts';
import { trainingLab } from '../../../src/tools/training-lab.ts';
import { type Maps, type Net, predict } from './transformer.ts';

const file = 'public/data/talking-heads.safetensors';
const kinds = [
  { name: 'decay', seed: 0, trainings: 6, layers: 2, decay: 0.3 },
  { name: 'free', seed: 1, trainings: 6, layers: 2, decay: 0 },
  { name: 'one', seed: 2, trainings: 4, layers: 1, decay: 0.3 },
];
const [batch, updates] = [128, 1000];

await chooseBackend({ loaders: nodeLoaders, want: 'wasm' });
const all: Net = {};
for (const kind of kinds) {
  const net = await train(kind);
  for (const [part, value] of Object.entries(net))
    all[`${kind.name}/${part}`] = value;
}
const bytes = await writeSafetensors(all);
await writeFile(file, new Uint8Array(bytes));
console.log(`${file}: ${bytes.byteLength} bytes`);

/** All trainings of a kind at once, on the same batches. */
async function train(kind: (typeof kinds)[number]): Promise<Net> {
  const { nn, random, tasks } = trainingLab(kind.seed);
  const S = kind.trainings;
  const stack = [S, kind.layers];
  const { q, k, v, o } = nn.blockWeights(32, 64, stack);
  const net = parameters({
    embed: random.normal([S, 12, 32]),
    place: random.normal([S, 7, 32]),
    q,
    k,
    v,
    o,
    head: random.normal([S, 32, 6], 0, 1 / Math.sqrt(32)),
  });
  const weightDecay = kind.decay;
  const optimiser = adam(net, { rate: 3e-3, weightDecay });
  const mask = nn.causalMask(7);
  const attend = (x: tf.Tensor, maps: Maps) =>
    nn.multiHead(x, maps, { heads: 4, mask });
  for (let step = 1; step <= updates; step++) {
    tf.engine().startScope('step');
    const drawn = tasks.pointer(batch, { hops: 2 });
    const prompts = oneHot(drawn.tokens, 12);
    const truth = oneHot(drawn.answers, 6);
    const loss = await optimiser.step((net) => {
      const logits = predict(prompts, net, attend);
      const logProb = logits.sub(tf.logSumExp(logits, -1, true));
      return logProb.mul(truth).sum().div(-batch);
    });
    if (step % 100 === 0)
      report(kind.name, step, await loss.data());
    tf.engine().endScope();
  }
  const test = tasks.pointer(2000, { hops: 2 });
  const logits = predict(
    oneHot(test.tokens, 12),
    net.values(),
    attend,
  );
  const right = logits.argMax(-1).equal(test.answers).mean(1);
  console.log(kind.name, 'accuracy', await right.array());
  return net.values();
}

function oneHot(classes: tf.Tensor, count: number) {
  return tf.oneHot(classes as tf.Tensor1D, count).toFloat();
}

function report(
  name: string,
  step: number,
  loss: ArrayLike<number>,
) {
  const seconds = process.cpuUsage().user / 1e6;
  console.log(
    `${name} ${step}: ${loss[0].toFixed(4)}, ${seconds} s`,
  );
}
