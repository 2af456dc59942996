/**
 * Trains the four transformers of this page on fresh random linear
 * functions and writes `public/data/icl-linear-models.safetensors`:
 * `node content/papers/icl-linear-models/train.ts`. With the name of a
 * model behind it, that model alone is trained anew.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { chooseBackend } from '../../../src/kernel/backends/choose.ts';
import { nodeLoaders } from '../../../src/kernel/loaders-node.ts';
import * as tf from '../../../src/kernel/tf.ts';
import { adam, gradients } from '../../../src/lab/optimisers.ts';
import { parameters } from '../../../src/lab/parameters.ts';
import { createRandom } from '../../../src/lab/random.ts';
import { randomStream } from '../../../src/lab/random.ts';
import { readSafetensors } from '../../../src/lab/safetensors.ts';
import { writeSafetensors } from '../../../src/lab/safetensors.ts';
import { type Net, predict, tokens } from './learner.ts';

const file = 'public/data/icl-linear-models.safetensors';
const [d, examples, width, batch] = [3, 8, 32, 64];
const models = [
  { name: 'one', layers: 1, noise: 0, updates: 8000 },
  { name: 'two', layers: 2, noise: 0, updates: 4000 },
  { name: 'three', layers: 3, noise: 0, updates: 6000 },
  { name: 'noisy', layers: 3, noise: 0.7, updates: 4000 },
];
type Model = (typeof models)[number];
type Random = ReturnType<typeof createRandom>;

await chooseBackend({ loaders: nodeLoaders, want: 'wasm' });
const only = process.argv[2];
const all = existsSync(file)
  ? readSafetensors(readFileSync(file))
  : {};
for (const model of models) {
  if (only && only !== model.name) continue;
  const net = await train(model);
  for (const [part, value] of Object.entries(net))
    all[`${model.name}/${part}`] = value;
  writeFileSync(
    file,
    new Uint8Array(await writeSafetensors(inOrder())),
  );
}

/** All weights there are, model after model. */
function inOrder(): Net {
  const of = ({ name }: Model) =>
    Object.entries(all).filter(([key]) =>
      key.startsWith(`${name}/`),
    );
  return Object.fromEntries(models.flatMap(of));
}

/** Normal weights of variance 1/inputs; smaller where they add up. */
function initial(layers: number, random: Random): Net {
  const weight = (inputs: number, outputs: number, gain = 1) =>
    random.normal([inputs, outputs], 0, gain / Math.sqrt(inputs));
  const small = 1 / Math.sqrt(2 * layers);
  const net: Net = {
    embed: weight(d + 1, width),
    place: random.normal([2 * examples, width], 0, 0.1),
    head: weight(width, 1),
  };
  for (let i = 1; i <= layers; i++) {
    net[`qkv${i}`] = weight(width, 3 * width);
    net[`mix${i}`] = weight(width, width, small);
    net[`in${i}`] = weight(width, 4 * width);
    net[`out${i}`] = weight(4 * width, width, small);
  }
  return net;
}

/** Linear functions of weights N(0, 1) at points N(0, 1). */
function draw(random: Random, noise: number) {
  const X = random.normal([batch, examples, d]);
  const w = random.normal([batch, d, 1]);
  const exact = tf.matMul(X, w).squeeze([2]);
  return {
    X,
    Y: exact.add(random.normal([batch, examples], 0, noise)),
  };
}

/** Adam; its rate rises for 200 updates, then falls as a cosine. */
async function train({ name, layers, noise, updates }: Model) {
  const stream = randomStream(0, name);
  const random = createRandom(() => stream);
  const net = parameters(initial(layers, random));
  console.log(`${name}: ${net.size} weights`);
  const optimiser = adam(net, { rate: 0, beta2: 0.99 });
  let mean = 0;
  for (let step = 1; step <= updates; step++) {
    const share = Math.max(0, (step - 200) / (updates - 200));
    const fall = 0.525 + 0.475 * Math.cos(Math.PI * share);
    optimiser.rate = 3e-3 * Math.min(fall, step / 200);
    const loss = tf.tidy(() => {
      const { X, Y } = draw(random, noise);
      const prompt = tokens(X, Y);
      const found = gradients(net, (values) =>
        predict(values, prompt).sub(Y).square().mean(),
      );
      optimiser.apply(clipped(found.gradients));
      return found.loss;
    });
    mean += (await loss.data())[0] / 200;
    loss.dispose();
    if (step % 200) continue;
    const seconds = process.cpuUsage().user / 1e6;
    console.log(
      `${name} ${step}: ${mean.toFixed(4)}, ${seconds} s`,
    );
    mean = 0;
  }
  return net.values();
}

/** Scaled so that all gradients together have a length of at most 1. */
function clipped(slopes: Net): Net {
  const squares = Object.values(slopes).map((g) =>
    g.square().sum(),
  );
  const scale = tf.minimum(1, tf.addN(squares).rsqrt());
  const scaled = Object.entries(slopes).map(([part, g]) => [
    part,
    g.mul(scale),
  ]);
  return Object.fromEntries(scaled);
}
