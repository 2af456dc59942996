import * as tf from '@tensorflow/tfjs';
import { adam, nn, parameters, slider, steps } from 'lab';
import { ask, averages, candidates, kinds } from './collection';
import { asked, length, training } from './matches';
import { compare, pairwise, represent, unit } from './mechanism';
import { vectors } from './texts';

const many = slider('queries', {
  label: 'queries a representation learns from',
  min: 120,
  max: 1200,
  value: 480,
  step: 120,
});

const [K, E] = [kinds.length, vectors.shape[1]!];
const documents = averages(length);

/** y, and by means the queries [3, Q, E] and candidates [3, Q·20, E]. */
function means(some: typeof asked) {
  const forms = tf.gather(
    vectors,
    some.map((one) => one.forms),
  );
  const found = tf.gather(
    documents,
    some.flatMap((one) => one.places),
  );
  const right = some.map((one) => one.right);
  return {
    query: unit(forms.sum(2)).transpose([1, 0, 2]),
    found: found.expandDims(0).tile([K, 1, 1]),
    y: tf.oneHot(right, candidates, 1, 0, 'float32'),
  };
}
const byQuery = (x: tf.Tensor) => x.reshape([K, -1, candidates, E]);

const net = parameters({
  wq: nn.glorot([K, E, 32]),
  vq: tf.zeros([K, 32, E]),
  wd: nn.glorot([K, E, 32]),
  vd: tf.zeros([K, 32, E]),
});
type Net = ReturnType<typeof net.values>;
function score(w: Net, { query, found }: ReturnType<typeof means>) {
  const phi = represent(found, w.wd, w.vd);
  return compare(represent(query, w.wq, w.vq), byQuery(phi));
}

const optimiser = adam(net, { rate: 0.003 });
const batch = 60;
const own = Array.from({ length: many }, () => ask(length));
const rounds = (3 * many) / batch;
for await (const step of steps(rounds, 'learning to represent')) {
  const from = (step * batch) % many;
  const some = means(own.slice(from, from + batch));
  await optimiser.step((w) =>
    pairwise(score(w, some), some.y.expandDims(0)).mean(),
  );
}

const test = means(asked.slice(training));
/** Scores of the test's queries, by plain means and by the network:
 *  [3, Q, 20] each. */
export const plain = compare(test.query, byQuery(test.found));
export const learnt = score(net.values(), test);
