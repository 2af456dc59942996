import * as tf from '@tensorflow/tfjs';
import { check, curve, ink, Plot, random, show } from 'lab';
import { toNumber, variant } from 'lab';
import { alphaBar, numBlocks, ticks } from './blocks';
import { coefficients, inferStep } from './mechanism';

const rules = {
  'formula 4': coefficients,
  'without noise': (alphaBar: number[], t: number) => {
    return { ...coefficients(alphaBar, t), c: 0 };
  },
  'a and b swapped': (alphaBar: number[], t: number) => {
    const { a, b, c } = coefficients(alphaBar, t);
    return { a: b, b: a, c };
  },
};
const label = 'step of the chain';
export const rule = variant('chainStep', rules, { label });

// 10,000 chains whose blocks all know the label, class 0.
const chains = 10_000;
const truth = tf.oneHot(tf.zeros([chains], 'int32'), 10);
let z = random.normal([chains, 10]);
const rows: { t: number; mean: number; spread: number }[] = [];
let [apart, off] = [0, 0];
for (let t = 1; t <= numBlocks; t++) {
  const level = alphaBar[t];
  const { a, b } = rule(alphaBar, t);
  const mean = a + b * Math.sqrt(alphaBar[t - 1]);
  apart = Math.max(apart, Math.abs(mean - Math.sqrt(level)));
  const noise = random.normal(z.shape);
  z = inferStep(truth, z, noise, rule(alphaBar, t));
  const rest = z.sub(truth.mul(Math.sqrt(level)));
  const spread = await toNumber(rest.square().mean());
  off = Math.max(off, Math.abs(spread / (1 - level) - 1));
  const first = z.slice([0, 0], [chains, 1]).mean();
  rows.push({ t, mean: await toNumber(first), spread });
}
const levels = alphaBar.map((level, t) => {
  return { t, mean: Math.sqrt(level), spread: 1 - level };
});
const dashed = { ink: ink.theory, dashed: true };
const dot = { x: 't', fill: ink.mechanism };
show(
  'schedule',
  Plot.plot({
    title:
      'Mean and variance of chains whose blocks know the label',
    x: { label: 'blocks passed t', ticks },
    y: { label: 'dots: measured; dashed: formula (1)' },
    marks: [
      curve(levels, {
        ...dashed,
        x: 't',
        y: 'mean',
        label: 'mean √ᾱ',
      }),
      curve(levels, {
        ...dashed,
        x: 't',
        y: 'spread',
        label: 'variance 1 − ᾱ',
      }),
      Plot.dot(rows, { ...dot, y: 'mean' }),
      Plot.dot(rows, { ...dot, y: 'spread' }),
    ],
  }),
);

check('largest error of the variance along perfect chains', off, {
  below: 0.03,
  because: 'step (4) is the posterior of (1), so z stays on (1)',
  breaks: { chainStep: 'without noise' },
});
check('largest error of the mean that step (4) gives', apart, {
  below: 1e-9,
  because: 'a + b √ᾱ of the block before = √ᾱ, exactly',
  breaks: { chainStep: 'a and b swapped' },
});
