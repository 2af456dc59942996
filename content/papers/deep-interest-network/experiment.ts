import * as tf from '@tensorflow/tfjs';
import { adam, batches, bound, check, curve, ink } from 'lab';
import { parameters, Plot, show, slider, steps } from 'lab';
import { toArray, toNumber, variant } from 'lab';
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

const rows: { [name: string]: number }[] = [];
async function measure(step: number) {
  const [din, softmax, base] = await Promise.all(
    Object.values(models).map(scored),
  );
  rows.push({ step, din, softmax, base });
  show('auc', figure());
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

function figure() {
  const at = { x: 'step' };
  const grey = { ink: ink.baseline, label: 'sum' };
  const share = { ink: ink.series[1], label: 'softmax' };
  return Plot.plot({
    title: 'Weights that know the ad come near the best',
    x: { label: 'updates' },
    y: { label: 'AUC' },
    marks: [
      bound({ y: best, label: 'best possible' }),
      curve(rows, { ...at, y: 'base', ...grey }),
      curve(rows, { ...at, y: 'softmax', ...share }),
      curve(rows, { ...at, y: 'din', label: 'this paper' }),
    ],
  });
}

// What the other cells look at: the chosen model, and the share's.
const all = Object.values(models);
const { weigh, net } = all.find((model) => model.weigh === chosen)!;
export const trained = { weigh, values: net.values() };
export const shares = {
  weigh: models.softmax.weigh,
  values: models.softmax.net.values(),
};
export const sums = {
  weigh: models.base.weigh,
  values: models.base.net.values(),
};

const reached = await auc(() =>
  logits(seen, trained.values, weigh),
);
const plain = rows.at(-1)!.base;
check('AUC won over the sum', reached - plain, {
  above: 0.04,
  because: 'the weight of a behaviour depends on the ad',
  breaks: { pooling: 'base' },
});
check('AUC missing to the best possible', best - reached, {
  below: 0.06,
  because: 'the number of matches survives the pooling',
  breaks: { pooling: 'base' },
});
