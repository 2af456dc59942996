import * as tf from '@tensorflow/tfjs';
import { check, ink, Plot, show, slider } from 'lab';
import { toArray, toNumber } from 'lab';
import { seen, sums, trained } from './experiment';
import { categories, strength, test } from './impressions';
import { pooled } from './mechanism';
import { embed, hot, logits, table, unit } from './model';

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

// One history, sorted by category: whole, and less each behaviour.
const ids = test.history.slice([user], [1]).squeeze([0]);
const past = await toArray<number[][]>(ids);
past.sort((a, b) => a[0] - b[0]);
const others = (i: number) => past.filter((_, j) => j !== i);
const whole = hot(tf.tensor3d([past]));
const less = hot(tf.tensor3d(past.map((_, i) => others(i))));
const own = [...new Set(past.map(([c]) => c))];
const letter = (c: number) => String.fromCharCode(65 + c);

// Before an ad of each category: the weights, and the log-odds of
// a click less those of the history without the behaviour.
async function before(about: number, model: typeof trained) {
  const ad = hot(tf.tensor2d([[about, categories]]));
  const odds = (history: T, ad: T) =>
    logits({ history, ad }, model.values, model.weigh);
  const without = odds(less, tf.tile(ad, [12, 1]));
  const adds = await toArray(odds(whole, ad).sub(without));
  const w = await toArray(weights(whole, ad).flatten());
  return past.map(([category], i) => {
    const match = category === about;
    const name = letter(category);
    const [ad, pooling] = [`ad of ${letter(about)}`, model.name];
    return { i, ad, pooling, name, match, adds: adds[i], w: w[i] };
  });
}
const models = [...new Set([sums, trained])];
const bars: Awaited<ReturnType<typeof before>> = [];
for (const model of models)
  for (const about of own)
    bars.push(...(await before(about, model)));
const poolings = models.map(({ name }) => name);

/** Bars of a field: those of the ad's category, and the rest. */
function marks(rows: typeof bars, y: string, facets: object) {
  const at = { x: 'i', y, ...facets };
  const name = { x: 'i', text: 'name', ...facets };
  const lit = rows.filter((bar) => bar.match);
  const dark = rows.filter((bar) => !bar.match);
  return [
    Plot.barY(dark, { ...at, fill: ink.baseline }),
    Plot.barY(lit, { ...at, fill: ink.mechanism }),
    Plot.ruleY([0]),
    Plot.text(rows, { ...name, frameAnchor: 'bottom', dy: 16 }),
  ];
}
const axes = {
  x: { axis: null },
  fy: { label: null, padding: 0.25 },
};
const dash = { stroke: ink.theory, strokeDasharray: '4 3' };
const first = { ad: bars[0].ad, pooling: poolings[0] };
const law = [
  { ...first, y: strength, text: 'a match, by the law' },
];
const said = { y: 'y', text: 'text', fx: 'pooling', fy: 'ad' };
show(
  'interests',
  Plot.plot({
    title: 'What each behaviour adds to the log-odds of a click',
    ...axes,
    y: { label: 'log-odds added', ticks: 3 },
    fx: { label: null, axis: 'top', domain: poolings },
    marks: [
      Plot.ruleY([strength], dash),
      Plot.text(law, { ...said, frameAnchor: 'right', dy: -7 }),
      marks(bars, 'adds', { fx: 'pooling', fy: 'ad' }),
    ],
  }),
);
const chosen = bars.filter((bar) => bar.pooling === trained.name);
show(
  'weights',
  Plot.plot({
    title: 'The weights of the same behaviours, of either sign',
    ...axes,
    y: { label: 'weight w', ticks: 3 },
    marks: marks(chosen, 'w', { fy: 'ad' }),
  }),
);

// Over 1,000 impressions: matching behaviours against the others.
const onlyCategory = (x: T) =>
  tf
    .split(x, [categories, 5], -1)[0]
    .reshape([1000, -1, categories]);
const same = onlyCategory(seen.history).mul(onlyCategory(seen.ad));
const match = same.sum(2);
const odds = (history: T) =>
  tf.tidy(() => logits({ history, ad: seen.ad }, values, weigh));
const twelve = past.map((_, i) => i);
const parts = twelve.map((i) => {
  const rest = twelve.filter((j) => j !== i);
  return odds(seen.history.gather(tf.tensor1d(rest, 'int32'), 1));
});
const adds = odds(seen.history)
  .expandDims(1)
  .sub(tf.stack(parts, 1));
const mean = (x: T, mask: T) => x.mul(mask).sum().div(mask.sum());
const stray = mean(adds.abs(), tf.sub(1, match));
check(
  'log-odds moved by another behaviour, over a match',
  await toNumber(stray.div(mean(adds, match).abs())),
  {
    below: 0.25,
    because: 'weights (2) keep out what is not of the ad’s kind',
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
  'move of the user vector to another ad, over its length',
  await toNumber(moved),
  {
    above: 0.6,
    because: 'formula (2) pools after it has seen the ad',
    breaks: { pooling: 'base' },
  },
);
