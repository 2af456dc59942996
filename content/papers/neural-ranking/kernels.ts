import * as tf from '@tensorflow/tfjs';
import { adam, chart, parameters, slider, steps } from 'lab';
import { toArray } from 'lab';
import { candidates, kinds } from './collection';
import { centres, grades, phi, testing, training } from './matches';
import { pairwise } from './mechanism';

const updates = slider('updates', {
  label: 'updates of the kernels',
  min: 0,
  max: 200,
  value: 60,
  step: 20,
});

// Three models for each form of query: all kernels, all but the exact
// one, and that one alone.
const [K, F] = [kinds.length, centres.length];
const exact = tf.oneHot([0], F, 1, 0, 'float32').reshape([F, 1]);
const mask = tf.concat(
  [exact.onesLike(), tf.sub(1, exact), exact],
  1,
);

/** f = w·φ for some of the queries: [models, forms, queries, 20]. */
function score(w: tf.Tensor, from: number, count: number) {
  const some = phi.slice([0, from], [K, count]).reshape([K, -1, F]);
  return tf
    .matMul(some, w.mul(mask))
    .transpose([2, 0, 1])
    .reshape([3, K, count, candidates]);
}

const net = parameters({ w: tf.zeros([K, F, 3]) });
const optimiser = adam(net, { rate: 0.08 });
const batch = 40;
for await (const step of steps(updates, 'weighing kernels')) {
  const from = (step * batch) % training;
  const y = grades.slice(from, batch);
  await optimiser.step(({ w }) =>
    pairwise(score(w, from, batch), y.expandDims(0)).mean(),
  );
}

const { w } = net.values();
/** Scores of the queries kept for the test: [3, forms, Q, 20]. */
export const scores = score(w, training, testing);

const whole = w.slice([0, 0, 0], [K, F, 1]).reshape([K, F]);
const [first, second, third] = await toArray<number[][]>(whole);
chart('weights', {
  title: 'What a match of each strength is worth',
  over: 'strength',
  x: { label: 'cosine that the kernel counts, μ' },
  y: { label: 'weight w' },
  lines: {
    exact: { label: 'exact', as: 'series 1' },
    mixed: { label: 'mixed', as: 'series 2' },
    paraphrase: { label: 'paraphrase', as: 'series 3' },
  },
}).add(
  ...centres
    .map((strength, k) => ({
      strength,
      exact: first[k],
      mixed: second[k],
      paraphrase: third[k],
    }))
    .reverse(),
);
