import * as tf from '@tensorflow/tfjs';
import { baseline, chart, check, slider, toArray } from 'lab';
import { eosPool, layerVectors, meanPool } from './mechanism';
import { ownAuc, unit } from './mechanism';
import { causal, second } from './reading';
import { N, notAuthor, notTopic } from './sentences';
import { testPassages as P } from './sentences';
import { topics } from './grammar';

const layer = slider('layer', {
  label: 'layer compared with the last',
  min: 1,
  max: 4,
  value: 1,
  step: 1,
});

// Vectors of each layer without any training, less their mean.
const vectors = tf.concat(
  [
    layerVectors(causal, eosPool),
    layerVectors(causal, meanPool),
    layerVectors(second, meanPool),
  ],
  1,
);
const test = vectors.slice([0], [N]).transpose([1, 0, 2]);
const e = unit(test.sub(test.mean(1, true)));
const shifts = [1, 2, 3];
const found = {
  topic: ownAuc(
    e,
    notTopic,
    shifts.map((k) => k * topics),
  ),
  author: ownAuc(
    e,
    notAuthor,
    shifts.map((k) => k * P),
  ),
};
const auc = {
  topic: await toArray<number[]>(found.topic.mean(1)),
  author: await toArray<number[]>(found.author.mean(1)),
};
const rows = (['topic', 'author'] as const).flatMap((task) =>
  [0, 1, 2, 3].map((l) => ({
    task,
    layer: l + 1,
    eos: auc[task][l],
    mean: auc[task][4 + l],
    second: auc[task][8 + l],
  })),
);
const line = { fx: 'task', dots: true };
chart(
  'layers',
  {
    title: 'What the pooled states of a layer know',
    over: 'layer',
    x: { label: 'layer', ticks: [1, 2, 3, 4] },
    y: { label: 'AUC, no training' },
    fx: { label: null, domain: ['topic', 'author'] },
    lines: {
      eos: { ...baseline('last token'), ...line },
      mean: { label: 'mean', as: 'series 2', ...line },
      second: { label: 'mean, both ways', ...line },
    },
  },
  rows,
);
check(
  'AUC of authors lost from the layer to the last',
  auc.author[4 + layer - 1] - auc.author[7],
  {
    above: 0.04,
    because: 'what predicts no word is not carried on',
    breaks: { layer: 4 },
  },
);
check(
  'AUC of topics won from the layer to the last',
  auc.topic[8 + 3] - auc.topic[8 + layer - 1],
  {
    above: 0.02,
    because: 'the topic is what predicts the next word',
    breaks: { layer: 4 },
  },
);
