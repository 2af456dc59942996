import * as tf from '@tensorflow/tfjs';

/** What `lab` calls `random`: also the training script has one. */
interface Random {
  permutation(count: number): number[];
  integer(min: number, max: number): number;
}

export const L = 16;
export const n = 4;
const unknown = 4;

/**
 * Sixteen tokens with different keys, each with one of four values.
 * One token of the first group repeats the key of a partner in
 * another group, and asks for its value.
 */
export function draw(random: Random, count: number) {
  const keys = new Int32Array(count * L);
  const values = new Int32Array(count * L);
  const place = new Int32Array(count);
  const partner = new Int32Array(count);
  const labels = new Int32Array(count);
  for (let row = 0; row < count; row++) {
    keys.set(random.permutation(L), row * L);
    for (let i = 0; i < L; i++)
      values[row * L + i] = random.integer(0, 4);
    place[row] = random.integer(0, n);
    partner[row] = random.integer(n, L);
    const [asks, knows] = [
      row * L + place[row],
      row * L + partner[row],
    ];
    labels[row] = values[knows];
    keys[asks] = keys[knows];
    values[asks] = unknown;
  }
  const whole = (list: Int32Array) =>
    tf.tensor(list, [count, L], 'int32');
  const one = (list: Int32Array) => tf.tensor1d(list, 'int32');
  return {
    keys: whole(keys),
    values: whole(values),
    place: one(place),
    partner: one(partner),
    labels: one(labels),
  };
}
