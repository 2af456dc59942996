import type * as tf from '@tensorflow/tfjs';
import { chart, check, slope, theory, toArray, variant } from 'lab';
import { correct, faded, overwritten, read } from './mechanism';
import { write } from './mechanism';
import { d, decay, fill, pairs, strength } from './memories';

type T = tf.Tensor;

const fading = (s: T, k: T, v: T) => write(s, k, v, decay, 1);
export const plain = (s: T, k: T, v: T) => write(s, k, v, 1, 1);
const writeRule = variant(
  'writeRule',
  { 'at each step': fading, never: plain },
  { label: 'retention decays' },
);
export const righting = (s: T, k: T, v: T) => correct(s, k, v, 1);
export const overwrite = variant(
  'overwrite',
  { 'v − S k': righting, v: plain },
  { label: 'the delta rule writes' },
);

// Thirty-two memories of 96 tokens: the mean over memories shows
// what is left of a token, the interference averages out.
const n = 96;
const drawn = pairs(32, n);
const left = async (rule: typeof plain) => {
  const answers = read(fill(drawn, n, rule), drawn.keys);
  const each = await toArray(strength(answers, drawn.values));
  return each.reverse();
};
const sum = await left(plain);
const retention = await left(writeRule);
const delta = await left(overwrite);

// Means of four ages.
const ages = Array.from({ length: n / 4 }, (_, i) => 4 * i + 1.5);
const group = (list: number[], age: number) =>
  list.slice(age - 1.5, age + 2.5).reduce((a, b) => a + b) / 4;
const rows = ages.map((age) => ({
  age,
  sum: group(sum, age),
  retention: group(retention, age),
  delta: group(delta, age),
  fades: faded(decay, age),
  shares: overwritten(d, age),
}));
chart(
  'age',
  {
    title:
      'What is left of a token, by how long ago it was written',
    over: 'age',
    x: { label: 'tokens written since' },
    y: { label: 'strength ⟨S k, v⟩', domain: [0, 1.25] },
    lines: {
      shares: theory('(1 − 1/d)ᵃ'),
      fades: theory('λᵃ'),
      sum: { label: 'linear', as: 'series 1', dots: 'only' },
      delta: { label: 'delta rule', dots: 'only' },
      retention: {
        label: 'retention',
        as: 'series 2',
        dots: 'only',
      },
    },
  },
  rows,
);

// The rate of fading, from the ages at which there is much left.
const young = rows.filter(({ age }) => age < 40);
const rate = (line: 'retention' | 'delta') =>
  slope(
    young.map(({ age }) => age),
    young.map((row) => Math.log(Math.max(row[line], 1e-3))),
  );
const lost = rate('retention') - Math.log(decay);
check('fading of retention per token, less ln λ', lost, {
  near: 0,
  within: 0.01,
  because: 'formula (5): each later token multiplies by λ',
  breaks: { writeRule: 'never' },
});
const ceded = 1000 * rate('delta') - 1000 * Math.log(1 - 1 / d);
check('fading of the delta rule, less theory, in ‰', ceded, {
  near: 0,
  within: 8,
  because: 'formula (5): a new key takes 1/d of an old one',
  breaks: { overwrite: 'v' },
});
