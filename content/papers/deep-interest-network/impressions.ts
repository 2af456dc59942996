import * as tf from '@tensorflow/tfjs';
import { curve, ink, Plot, random, show, slider } from 'lab';
import { toArray } from 'lab';

export const categories = slider('categories', {
  label: 'categories, of five items each',
  min: 8,
  max: 24,
  value: 20,
  step: 1,
});
export const strength = slider('strength', {
  label: 'log-odds of a click, a match',
  min: 0.5,
  max: 2,
  value: 1.5,
});

// An item is a category and a shop: two ids, of 20 + 5 in all.
const all = Array.from({ length: categories }, (_, c) => c);
const itemOf = (category: number) => [
  category,
  categories + random.integer(0, 5),
];

/** A user of four categories, twelve items of them, and an ad. */
function impression() {
  const own = random.choice(all, 4);
  const one = () => own[random.integer(0, 4)];
  const history = Array.from({ length: 12 }, () => itemOf(one()));
  const related = random.number() < 0.5;
  const about = related ? one() : random.integer(0, categories);
  const count = history.filter(([c]) => c === about).length;
  const chance = 1 / (1 + Math.exp(3 - strength * count));
  const click = Number(random.number() < chance);
  return { history, ad: itemOf(about), count, click };
}

function draw(n: number) {
  const rows = Array.from({ length: n }, impression);
  return {
    history: tf.tensor3d(
      rows.flatMap((r) => r.history.flat()),
      [n, 12, 2],
      'int32',
    ),
    ad: tf.tensor2d(
      rows.map((r) => r.ad),
      [n, 2],
      'int32',
    ),
    count: tf.tensor1d(rows.map((r) => r.count)),
    click: tf.tensor1d(rows.map((r) => r.click)),
  };
}
export const train = draw(20_000);
export const test = draw(1_000);

// Clicks by the number of behaviours in the ad's category.
const counts = await toArray(train.count);
const clicks = await toArray(train.click);
const rows = [0, 1, 2, 3, 4, 5, 6].map((count) => {
  const here = clicks.filter((_, i) => counts[i] === count);
  const rate = here.reduce((a, b) => a + b, 0) / here.length;
  const law = 1 / (1 + Math.exp(3 - strength * count));
  return { count, rate, law, impressions: here.length };
});
const theory = { ink: ink.theory, dashed: true, label: 'the law' };
show(
  'clicks',
  Plot.plot({
    title: 'It is the number of matches that sells',
    x: { label: 'matches c among twelve behaviours' },
    y: { label: 'clicked', percent: true },
    marks: [
      curve(rows, { x: 'count', y: 'law', ...theory }),
      Plot.dot(rows, { x: 'count', y: 'rate', stroke: ink.theory }),
    ],
  }),
);
