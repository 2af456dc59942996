import * as tf from '@tensorflow/tfjs';
import { baseline, chart, check, mean, slope, theory } from 'lab';
import { toArray, toNumber } from 'lab';
import { din, seen, shares, sums, trained } from './experiment';
import { categories, strength, test } from './impressions';
import { pooled } from './mechanism';
import { embed, hot, logits, table, unit } from './model';

type Model = typeof trained;
const odds = ({ values, weigh }: Model) =>
  logits(seen, values, weigh);
const said = {
  din: odds(din),
  softmax: odds(shares),
  base: odds(sums),
};

// Mean log-odds by the number of matches, where there are enough.
const counts = await toArray(test.count);
const found = {
  din: await toArray(said.din),
  softmax: await toArray(said.softmax),
  base: await toArray(said.base),
};
const strengths = chart('strength', {
  title: 'What is said of a click, by the number of matches',
  over: 'c',
  x: { label: 'matches c among twelve behaviours' },
  y: { label: 'log-odds of a click, mean' },
  lines: {
    law: theory('the law'),
    base: baseline('sum'),
    softmax: { label: 'softmax', as: 'series 2' },
    din: 'this paper',
  },
});
for (let c = 0; c <= 12; c++) {
  const here = counts.flatMap((count, i) => (count === c ? i : []));
  if (here.length < 20) continue;
  const of = (logit: number[]) => mean(here.map((i) => logit[i]));
  strengths.add({
    c,
    law: strength * c - 3,
    base: of(found.base),
    softmax: of(found.softmax),
    din: of(found.din),
  });
}

// How fast the chosen model's log-odds grow where a share is full.
const own = await toArray(odds(trained));
const many = counts.flatMap((c, i) => (c >= 2 && c <= 6 ? i : []));
const grows = slope(
  many.map((i) => counts[i]),
  many.map((i) => own[i]),
);
const ofLaw = grows / strength;
check('slope of log-odds over the law’s, 2 to 6 matches', ofLaw, {
  above: 0.55,
  because: 'a softmax keeps the share of an interest, not its size',
  breaks: { pooling: 'softmax' },
});

// The same behaviour once and twelve times, before one ad.
const { weigh, values } = trained;
const only = hot(tf.tensor2d([[0, categories]]));
const item = embed(only, table(values));
const length = (times: number) => {
  const history = tf.tile(item.expandDims(0), [1, times, 1]);
  return pooled(history, weigh(history, item, unit(values))).norm();
};
const growth = await toNumber(length(12).div(length(1)));
check('length of the user vector, twelve copies over one', growth, {
  near: 12,
  within: 0.001,
  because: 'formula (2) adds a weight for each behaviour',
  breaks: { pooling: 'softmax' },
});
