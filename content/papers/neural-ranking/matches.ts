import * as tf from '@tensorflow/tfjs';
import { Plot, show, slider, toArray } from 'lab';
import { ask, candidates, lay } from './collection';
import { bm25, interact, pooled, soft } from './mechanism';
import { names, texts } from './texts';

export const length = slider('length', {
  label: 'words in a document',
  min: 8,
  max: 32,
  value: 32,
  step: 4,
});
const width = slider('width', {
  label: 'width of a kernel σ',
  min: 0.03,
  max: 0.4,
  value: 0.1,
  step: 0.01,
});
export const centres = [
  1, 0.9, 0.7, 0.5, 0.3, 0.1, -0.1, -0.3, -0.5, -0.7, -0.9,
];

export const [training, testing] = [80, 100];
const Q = training + testing;
export const asked = Array.from({ length: Q }, () => ask(length));
const laid = lay(asked, length);
export const { grades } = laid;

/** M, for nine words of three forms: [Q, 9, 20, n]. */
export const M = interact(laid.queries, laid.documents).reshape([
  Q,
  9,
  candidates,
  length,
]);
const there = laid.there.reshape([Q, 1, candidates, length]);

/** From [Q, 9, 20] to one axis for the forms: [3, Q, 20, 3]. */
const byKind = (x: tf.Tensor) =>
  x.reshape([Q, 3, 3, candidates]).transpose([1, 0, 3, 2]);
const features = centres.map((centre) =>
  tf.tidy(() => {
    const sigma = centre === 1 ? 0.001 : width;
    return pooled(byKind(soft(M, there, centre, sigma)));
  }),
);
const raw = tf.stack(features, -1);
const { mean, variance } = tf.moments(raw, [1, 2], true);
/** φ, each brought to mean 0 and variance 1: [3, Q, 20, 11]. */
export const phi = raw.sub(mean).div(variance.sqrt().add(1e-6));

const same = laid.words
  .expandDims(2)
  .equal(laid.ids.expandDims(1))
  .toFloat();
const counts = same.reshape([Q, 9, candidates, length]).sum(-1);
/** BM25's scores: [3, Q, 20]. */
export const counted = bm25(byKind(counts));

// One query: how near each word of its document comes to one of its.
const shown = slider('shown', {
  label: 'query shown',
  min: 1,
  max: testing,
  value: 1,
});
const { forms, places, right } = asked[training + shown - 1];
const nearest = M.slice(
  [training + shown - 1, 3, right],
  [1, 3, 1],
);
const strengths = await toArray<number[]>(nearest.max(1).flatten());
const cells = texts[places[right]]
  .slice(0, length)
  .map((id, i) => ({
    word: names[id],
    cosine: strengths[i],
    column: i % 4,
    row: Math.floor(i / 4),
  }));
const at = { x: 'column', y: 'row' };
show(
  'passage',
  Plot.plot({
    title: `Asked for by “${forms[1].map((id) => names[id]).join(' ')}”`,
    x: { axis: null },
    y: { axis: null },
    color: {
      label: 'nearest of the three, cosine',
      domain: [0, 1],
    },
    height: 240,
    marks: [
      Plot.cell(cells, { ...at, fill: 'cosine', inset: 1 }),
      Plot.text(cells, { ...at, text: 'word' }),
    ],
  }),
);
