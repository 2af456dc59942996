import * as tf from '@tensorflow/tfjs';
import { adam, baseline, batches, chart, check } from 'lab';
import { parameters, slider, steps, toArray } from 'lab';
import { toNumber, variant } from 'lab';
import { test, train } from './impressions';
import * as m from './mechanism';
import { hot, logits, start, type Values } from './model';
import type { Weigh } from './model';

const updates = slider('steps', {
  label: 'updates',
  min: 80,
  max: 640,
  value: 400,
  step: 80,
});
const weights = {
  din: m.activation,
  softmax: m.softmaxWeights,
  base: m.equalWeights,
};
const chosen = variant('pooling', weights);

/** A model from the common start; the base model has no unit. */
function model(weigh: Weigh) {
  const { category, shop, w1, b1, w2, b2, w3, b3 } = start;
  const unitless = { category, shop, w1, b1, w2, b2, w3, b3 };
  const own = weigh === m.equalWeights ? unitless : start;
  const net = parameters(own as Values);
  return { weigh, net, optimiser: adam(net, { rate: 0.01 }) };
}
const models = {
  din: model(m.activation),
  softmax: model(m.softmaxWeights),
  base: model(m.equalWeights),
};

// Scored on 1,000 other impressions, against the best there can be.
const clicks = await toArray(test.click);
const where = (click: number) =>
  tf.tensor1d(
    clicks.flatMap((c, i) => (c === click ? i : [])),
    'int32',
  );
const [clicked, others] = [where(1), where(0)];
const auc = (scores: () => tf.Tensor) =>
  toNumber(
    tf.tidy(() => {
      const s = scores();
      return m.auc(s.gather(clicked), s.gather(others));
    }),
  );
const best = await auc(() => test.count);
export const seen = {
  history: hot(test.history),
  ad: hot(test.ad),
};
const scored = ({ net, weigh }: ReturnType<typeof model>) =>
  auc(() => logits(seen, net.values(), weigh));

const scores = chart('auc', {
  title: 'Who clicks? AUC on users not trained on',
  over: 'step',
  x: { label: 'updates' },
  y: { label: 'AUC' },
  bounds: [{ y: best, label: 'best possible' }],
  lines: {
    base: baseline('sum'),
    softmax: { label: 'softmax', as: 'series 2' },
    din: 'this paper',
  },
});
async function measure(step: number) {
  const [din, softmax, base] = await Promise.all(
    Object.values(models).map(scored),
  );
  scores.add({ step, din, softmax, base });
}
await measure(0);
const batch = batches(train, 128);
for await (const step of steps(updates, 'training')) {
  const { history, ad, click } = batch.next().value;
  const shown = { history: hot(history), ad: hot(ad) };
  for (const { weigh, optimiser } of Object.values(models)) {
    await optimiser.step((values) =>
      m.logLoss(logits(shown, values, weigh), click),
    );
  }
  if (step % 80 === 79) await measure(step + 1);
}

// What the other cells look at: all three, and the chosen one.
const done = (name: string, { weigh, net }: typeof models.din) => {
  return { name, weigh, values: net.values() };
};
export const din = done('this paper', models.din);
export const shares = done('softmax', models.softmax);
export const sums = done('sum', models.base);
const all = [din, shares, sums];
export const trained = all.find((m) => m.weigh === chosen)!;

const reached = await auc(() =>
  logits(seen, trained.values, trained.weigh),
);
const won = reached - scores.last.base;
check('AUC won over the sum', won, {
  above: 0.04,
  because: 'the weight of a behaviour depends on the ad',
  breaks: { pooling: 'base' },
});
check('AUC short of the best possible', best - reached, {
  below: 0.06,
  because: 'the number of matches survives the pooling',
  breaks: { pooling: 'base' },
});
