/**
 * Trains the networks of this page and writes `public/data/fit.safetensors`: `node content/papers/fit/train.ts`. One
 * training each with 1, 2 and 4 latents a group, and one of full attention in two layers.
 */
import { writeFile } from 'node:fs/promises';
import { chooseBackend } from '../../../src/kernel/backends/choose.ts';
import { nodeLoaders } from '../../../src/kernel/loaders-node.ts';
import * as tf from '../../../src/kernel/tf.ts';
import { writeSafetensors } from '../../../src/lab/safetensors.ts';
import { trainingLab } from '../../../src/tools/training-lab.ts';
import { answer, embed, layer, round } from './mechanism.ts';
import type { Weights } from './mechanism.ts';
import { draw, L, n } from './task.ts';

const [d, inner, updates] = [32, 64, 1500];
const file = 'public/data/fit.safetensors';
type Lab = ReturnType<typeof trainingLab>;
type Forward = (x: tf.Tensor, w: Weights) => tf.Tensor;

await chooseBackend({ loaders: nodeLoaders, want: 'wasm' });
const all: Weights = {};
const fit: Forward = (x, w) => round(x, w).tokens;
const full: Forward = (x, w) =>
  layer(layer(x, w, 'one').out, w, 'two').out;
for (const m of [4, 2, 1]) {
  const net = await train(
    trainingLab(0),
    `m = ${m}`,
    fit,
    (lab) => ({
      latents: lab.random.normal([L / n, m, d]),
      ...part(lab, 'local', true),
      ...part(lab, 'gather', false),
      ...part(lab, 'global', true),
      ...part(lab, 'return', false),
    }),
  );
  for (const [name, tensor] of Object.entries(net))
    all[`${m}/${name}`] = tensor;
}
const whole = await train(
  trainingLab(0),
  'full attention',
  full,
  (lab) => ({
    ...part(lab, 'one', true),
    ...part(lab, 'two', true),
  }),
);
for (const [name, tensor] of Object.entries(whole))
  all[`full/${name}`] = tensor;
const bytes = await writeSafetensors(all);
await writeFile(file, new Uint8Array(bytes));
console.log(`${file}: ${bytes.byteLength} bytes`);

/** The matrices of an attention, with or without those of its feed-forward part. */
function part(
  { random }: Lab,
  name: string,
  feeds: boolean,
): Weights {
  const matrix = (a: number, b: number, gain = 1) =>
    random.normal([a, b], 0, gain / Math.sqrt(a));
  const square = (gain = 1) => matrix(d, d, gain);
  return {
    [`${name}/q`]: square(),
    [`${name}/k`]: square(),
    [`${name}/v`]: square(),
    [`${name}/o`]: square(0.5),
    ...(feeds && {
      [`${name}/up`]: matrix(d, inner),
      [`${name}/down`]: matrix(inner, d, 0.5),
    }),
  };
}

async function train(
  lab: Lab,
  name: string,
  forward: Forward,
  parts: (lab: Lab) => Weights,
): Promise<Weights> {
  const { adam, nn, parameters, random, toNumber } = lab;
  const net = parameters<Weights>({
    key: random.normal([L, d]),
    value: random.normal([5, d]),
    place: random.normal([L, d], 0, 0.3),
    head: random.normal([d, 4], 0, 1 / Math.sqrt(d)),
    ...parts(lab),
  });
  const optimiser = adam(net, { rate: 0 });
  const logits = (w: Weights, task: ReturnType<typeof draw>) =>
    answer(
      forward(embed(task.keys, task.values, w), w),
      task.place,
      w,
    );
  for (let step = 0; step < updates; step++) {
    optimiser.rate =
      2e-3 * (1 + Math.cos((Math.PI * step) / updates));
    const task = draw(random, 64);
    const loss = await optimiser.step((w) =>
      nn.crossEntropy(logits(w, task), task.labels),
    );
    if (step % 250 === 249)
      console.log(
        name,
        step + 1,
        (await toNumber(loss)).toFixed(3),
      );
    tf.dispose([loss, ...Object.values(task)]);
  }
  const task = draw(random, 1000);
  const right = tf.tidy(() =>
    nn.accuracy(logits(net.values(), task), task.labels),
  );
  console.log(
    `${name}: ${net.size} weights, accuracy ${await toNumber(right)}`,
  );
  return net.values();
}
