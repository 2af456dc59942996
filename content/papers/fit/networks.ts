import * as tf from '@tensorflow/tfjs';
import { adam, nn, parameters, random, select } from 'lab';
import { slider, steps, toNumber, weights } from 'lab';
import { answer, type Cut, embed, round } from './mechanism';
import { layer, type Weights } from './mechanism';
import { draw } from './task';

export const m = select('latents', {
  label: 'latents for each group, m',
  options: [1, 2, 4],
  value: 4,
});
export const cut = select('cut', {
  label: 'cut out',
  options: ['nothing', 'global', 'return'],
}) as Cut;

// Trained beforehand, once for each m.
const stored = await weights('fit');

/** The matrices of a network whose names begin with `kind`. */
const net = (kind: string): Weights =>
  Object.fromEntries(
    Object.entries(stored)
      .filter(([name]) => name.startsWith(`${kind}/`))
      .map(([name, t]) => [name.slice(kind.length + 1), t]),
  );
export const whole = net('full');

const updates = slider('updates', {
  label: 'train the chosen one further, updates',
  min: 0,
  max: 300,
  value: 0,
  step: 20,
});
export const fits = { 1: net('1'), 2: net('2'), 4: net('4') };
if (updates > 0) fits[m as 1] = await further(fits[m as 1]);

export const task = draw(random, 500);

/** The share of questions that FIT with m latents answers rightly. */
export const rightly = (m: 1 | 2 | 4, cut: Cut) =>
  accuracy(fits[m], (x, w) => round(x, w, cut).tokens);

/** The same for two layers in which every token asks every other. */
export const fully = () =>
  accuracy(
    whole,
    (x, w) => layer(layer(x, w, 'one').out, w, 'two').out,
  );

function accuracy(
  w: Weights,
  forward: (x: tf.Tensor, w: Weights) => tf.Tensor,
) {
  const right = tf.tidy(() => {
    const tokens = forward(embed(task.keys, task.values, w), w);
    const logits = answer(tokens, task.place, w);
    return nn.accuracy(logits, task.labels);
  });
  return toNumber(right);
}

async function further(begun: Weights): Promise<Weights> {
  const net = parameters(begun);
  const optimiser = adam(net, { rate: 1e-3 });
  for await (const _ of steps(updates, 'updates')) {
    const { keys, values, place, labels } = draw(random, 64);
    await optimiser.step((w) => {
      const { tokens } = round(embed(keys, values, w), w);
      return nn.crossEntropy(answer(tokens, place, w), labels);
    });
  }
  return net.values();
}
