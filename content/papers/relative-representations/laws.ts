import * as tf from '@tensorflow/tfjs';
import { chart, check, linalg, random, slider, steps } from 'lab';
import { theory, toNumber } from 'lab';
import { r } from './experiment';
import { agreement, shiftLaw } from './mechanism';
import { stretches, stretchLaw } from './mechanism';
import { d, relatives, represent } from './networks';

type T = tf.Tensor;

const dims = slider('dims', {
  label: 'dimensions of the random codes',
  min: 2,
  max: 128,
  value: 32,
  step: 1,
  scale: 'log',
});

// Random codes and anchors, and those that run 1 has learnt.
const cloud = [300, 100].map((n) => random.normal([n, dims]));
const [run] = relatives;
const learnt = [run.codes, run.anchorCodes];
const seen = ([codes, anchorCodes]: T[]) =>
  represent(codes, anchorCodes);
const left = (codes: T[], move: (e: T) => T) =>
  toNumber(agreement(seen(codes), seen(codes.map(move))));

// Stretched along random axes, turned at random, 3.7 times as large.
const { u, v } = await linalg.svd(random.normal([d, d]));
export const axes = tf.tensor2d(v);
export const turn = tf.tensor2d(u).transpose().mul(3.7);
export const stretch = (e: T, kappa: number) =>
  tf.matMul(tf.matMul(e, axes).mul(stretches(d, kappa)), turn);

// A shift by one typical length of a code.
const unit = (t: T) => t.div(t.square().sum().sqrt());
const typical = run.codes.square().sum(1).mean().sqrt();
export const shift = unit(random.normal([d])).mul(typical);
const aside = unit(random.normal([dims])).mul(Math.sqrt(dims));

const looks = {
  y: { label: 'agreement ρ', domain: [0, 1] },
  lines: {
    law: theory('formula'),
    random: { label: 'random', as: 'series 1', dots: 'only' },
    learnt: { label: 'run 1', dots: 'only' },
  },
} as const;
const stretched = chart('stretch', {
  title: 'How far relative codes agree with those before a stretch',
  over: 'kappa',
  x: {
    type: 'log',
    label: 'stretch κ, longest axis over shortest',
  },
  ...looks,
});
for await (const kappa of steps([1, 2, 4, 8, 16, 32, 64], 'κ')) {
  const s = stretches(dims, kappa);
  stretched.add({
    kappa,
    law: stretchLaw(s),
    random: await left(cloud, (e) => e.mul(s)),
    learnt: await left(learnt, (e) => stretch(e, kappa)),
  });
}
const shifted = chart('shift', {
  title: 'And with those before a shift',
  over: 'tau',
  x: { label: 'shift τ, in lengths of a code' },
  ...looks,
});
for await (const tau of steps(
  [0, 0.25, 0.5, 0.75, 1, 1.5, 2, 3],
  'τ',
)) {
  shifted.add({
    tau,
    law: shiftLaw(tau),
    random: await left(cloud, (e) => e.add(aside.mul(tau))),
    learnt: await left(learnt, (e) => e.add(shift.mul(tau))),
  });
}

// Turned and 3.7 times as large, not stretched.
const turned = seen(learnt.map((e) => stretch(e, 1)));
const changed = turned.sub(r[0]).abs().greater(1e-4).sum();
check(
  'relative coordinates that an isometry times 3.7 changes',
  await toNumber(changed),
  {
    below: 1,
    because: 'formula (3): it keeps every cosine',
    breaks: { similarity: 'dot product' },
  },
);
const gaps = stretched.rows.map((row) =>
  Math.abs(row.law - row.random),
);
check('largest distance from formula (5)', Math.max(...gaps), {
  below: 0.07,
  because: 'in many dimensions random codes are of equal length',
  breaks: { dims: 2 },
});
const { random: after } = shifted.at(1);
check('agreement after a shift by one length', after, {
  between: [0.66, 0.86],
  because: 'formula (6) says 0.756: a cosine has an origin',
  breaks: { similarity: 'centred cosine' },
});
