import * as tf from '@tensorflow/tfjs';
import { adam, parameters, random, show, slider } from 'lab';
import { steps, toNumber } from 'lab';
import { burgers, draw, grid, time, type Waves } from './fields';
import { analyse, type Field, interpolate } from './mechanism';
import { kernel, network, type Reading } from './mechanism';
import { sample, taps } from './mechanism';

const support = slider('support', {
  label: 'half support S of a kernel',
  min: 0.0625,
  max: 0.25,
  value: 0.1875,
  step: 0.03125,
});
const updates = slider('updates', {
  label: 'updates of the training',
  min: 0,
  max: 400,
  value: 80,
  step: 10,
});

// Pairs (u, v): the state now and a step of time later.
export function after(waves: Waves, n: number, step: number) {
  const field = burgers(waves, grid(n), step * time);
  return field.reshape([-1, 1, n, 1]) as Field;
}
export function pairs(waves: Waves, n: number) {
  const at = (later: number) =>
    tf.concat(
      [0, 1, 3, 7].map((step) => after(waves, n, step + later)),
    );
  return { u: at(0), v: at(1) };
}

// Two convolutions, 1 → 8 → 1 channels, nine numbers a kernel.
const [M, C, trained] = [9, 8, 32];
const net = parameters({
  kernelCoef1: random.normal([M, C], 0, 1 / Math.sqrt(M)),
  bias: tf.zeros([C]),
  kernelCoef2: random.normal([C, M], 0, 1 / Math.sqrt(C * M)),
});
const optimiser = adam(net, { rate: 0.06, beta2: 0.99 });
const { u, v } = pairs(draw(24), trained);
const basis = sample(support, M, kernel(trained, trained));
const seen = analyse(u, basis);
for await (const i of steps(updates, 'training on 32 points')) {
  optimiser.rate = 0.03 * (1 + Math.cos((Math.PI * i) / updates));
  await optimiser.step((weights) =>
    network(seen, basis, weights, trained).sub(v).square().mean(),
  );
}

export const weights = net.values();

const left = network(seen, basis, weights, trained).sub(v).norm();
const share = await toNumber(left.div(v.norm()).mul(100));
const pairsSeen = `${v.shape[0]} pairs of states on 32 points`;
show(
  'training',
  `${net.size} numbers, ${updates} updates, ${pairsSeen}: the error left is ${share.toFixed(1)} percent.`,
);

/** A step of time on n points, the numbers read as told. */
export function stepper(n: number, reading: Reading) {
  const basis = sample(support, M, reading(n, trained));
  return (u: Field) =>
    network(analyse(u, basis), basis, weights, n);
}
/** A field on n of its points. */
export function thinned(u: Field, n: number) {
  const groups = u.reshape([-1, n, u.shape[2] / n]);
  const first = groups.slice([0, 0, 0], [-1, -1, 1]);
  return first.reshape([-1, 1, n, 1]) as Field;
}
/** The step on 32 of n points, with waves through the outcome. */
export function interpolated(n: number) {
  const step = stepper(trained, taps);
  return (u: Field) =>
    interpolate(step(thinned(u, trained)) as Field, n);
}
