import * as tf from '@tensorflow/tfjs';
import { chart, mean, random, slider, theory, toArray } from 'lab';

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
const rates = chart('clicks', {
  title: 'It is the number of matches that sells',
  over: 'count',
  x: { label: 'matches c among twelve behaviours' },
  y: { label: 'clicked', percent: true },
  lines: {
    law: theory('the law'),
    rate: { as: 'theory', dots: 'only' },
  },
});
for (const count of [0, 1, 2, 3, 4, 5, 6]) {
  const here = clicks.filter((_, i) => counts[i] === count);
  const law = 1 / (1 + Math.exp(3 - strength * count));
  rates.add({ count, law, rate: mean(here) });
}
