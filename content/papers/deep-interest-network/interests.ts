import * as tf from '@tensorflow/tfjs';
import { check, ink, Plot, show, slider } from 'lab';
import { toArray, toNumber } from 'lab';
import { seen, trained } from './experiment';
import { categories, test } from './impressions';
import { pooled } from './mechanism';
import { embed, hot, table, unit } from './model';

type T = tf.Tensor;
const user = slider('user', {
  label: 'user',
  min: 0,
  max: 99,
  value: 14,
  step: 1,
});
const { weigh, values } = trained;
const rows = table(values);
const weights = (history: T, ad: T) =>
  weigh(embed(history, rows), embed(ad, rows), unit(values));

// One history, sorted by category, before an ad of each.
const ids = test.history.slice([user], [1]).squeeze([0]);
const past = await toArray<number[][]>(ids);
past.sort((a, b) => a[0] - b[0]);
const history = hot(tf.tensor2d(past)).expandDims(0);
const own = [...new Set(past.map(([c]) => c))];
const letter = (c: number) => String.fromCharCode(65 + c);
const bars = [];
for (const about of own) {
  const ad = hot(tf.tensor2d([[about, categories]]));
  const found = await toArray(weights(history, ad).flatten());
  for (const [i, w] of found.entries()) {
    const [category] = past[i];
    const match = category === about;
    const name = letter(category);
    bars.push({ i, w, match, name, ad: `ad of ${letter(about)}` });
  }
}
const at = { x: 'i', y: 'w', fy: 'ad' };
const label = { x: 'i', fy: 'ad', text: 'name' };
const lit = bars.filter((bar) => bar.match);
const dark = bars.filter((bar) => !bar.match);
show(
  'interests',
  Plot.plot({
    title: 'One history, and its weights before each ad',
    x: { axis: null },
    y: { label: 'weight of a behaviour', ticks: [-1, 0, 1] },
    fy: { label: null, padding: 0.25 },
    marks: [
      Plot.barY(dark, { ...at, fill: ink.baseline }),
      Plot.barY(lit, { ...at, fill: ink.mechanism }),
      Plot.ruleY([0]),
      Plot.text(bars, { ...label, frameAnchor: 'bottom', dy: 16 }),
    ],
  }),
);

// Over 1,000 impressions: matching behaviours against the others.
const onlyCategory = (x: T) =>
  tf
    .split(x, [categories, 5], -1)[0]
    .reshape([1000, -1, categories]);
const same = onlyCategory(seen.history).mul(onlyCategory(seen.ad));
const match = same.sum(2);
const sizes = weights(seen.history, seen.ad).abs();
const mean = (mask: T) => sizes.mul(mask).sum().div(mask.sum());
const ratio = mean(match).div(mean(tf.sub(1, match)));
check(
  'weight of a match over that of another behaviour',
  await toNumber(ratio),
  {
    above: 2,
    because:
      'the unit compares each behaviour with the ad, formula (2)',
    breaks: { pooling: 'base' },
  },
);

// The same histories before ads of a category three further on.
const step = tf.tensor2d([[3, 0]]);
const limits = tf.tensor2d([[categories, 1000]]);
const elsewhere = hot(test.ad.add(step).mod(limits));
const behaviours = embed(seen.history, rows);
const vector = (ad: T) =>
  pooled(behaviours, weights(seen.history, ad));
const here = vector(seen.ad);
const length = (x: T) => x.norm('euclidean', 1).mean();
const moved = length(here.sub(vector(elsewhere))).div(length(here));
check(
  'how far the user’s vector moves with the ad',
  await toNumber(moved),
  {
    above: 0.6,
    because: 'formula (2) pools after it has seen the ad',
    breaks: { pooling: 'base' },
  },
);
