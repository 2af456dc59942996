import * as tf from '@tensorflow/tfjs';
import { random } from 'lab';
import { topics } from './grammar';
import { eosPool, layerVectors, meanPool } from './mechanism';
import { causal, second } from './reading';
import { N, trainPassages } from './sentences';

// What a head is given: the vectors of all layers, pooled in three
// ways; and four times so for the test, where all are asked.
const vectors = tf.stack([
  layerVectors(causal, eosPool),
  layerVectors(causal, meanPool),
  layerVectors(second, meanPool),
]);
export const pools = ['last token', 'mean', 'mean, both ways'];
const four = (x: tf.Tensor) => tf.concat([x, x, x, x]);
export const test = four(vectors.slice([0, 0], [-1, N]));
export const train = vectors.slice([0, N]);

// One pair of each topic; or of sixteen authors on three topics.
const [P, per] = [trainPassages, trainPassages / topics];
const upTo = (n: number) => [...Array(n).keys()];
export const ofTopic = () =>
  upTo(topics).map((t) =>
    random.choice(upTo(per), 2).map((k) => t + topics * k),
  );
export function ofAuthors() {
  const three = random.choice(upTo(topics), 3);
  const theirs = upTo(P).filter((p) => three.includes(p % topics));
  return random.choice(theirs, 16).map((p) => [p, p]);
}
export function draw(pairs: number[][]) {
  const places = pairs.map(() => random.choice([0, 1, 2, 3], 2));
  const half = (k: number) =>
    pairs.map((pair, i) => pair[k] + P * places[i][k]);
  const rows = [...half(0), ...half(1)];
  return tf.gather(train, tf.tensor1d(rows, 'int32'), 1);
}
