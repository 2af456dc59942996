import * as tf from '@tensorflow/tfjs';
import { nn, random, select, slider, steps, toNumber } from 'lab';
import { makeReader, test, train } from './digits';
import { decode, residual, write } from './mechanism';
import { between } from './toy';

type T = tf.Tensor;

const speed = slider('rate', {
  label: 'rate of the values, η/C',
  min: 3,
  max: 100,
  value: 50,
  scale: 'log',
});
const decay = select('decay', {
  label: 'weight decay of the values',
  options: [0, 0.00001],
});

/** One-hot targets, smoothed by 0.1 as in the released code. */
const classes = tf.tensor1d(train.labels, 'int32');
export const targets = tf
  .oneHot(classes, 10)
  .toFloat()
  .mul(0.9)
  .add(0.01);
/** The two classes of a stage, 200 digits, of z or of targets. */
export const part = (of: T, stage: number) =>
  of.slice([200 * stage, 0], [200, -1]);

export interface State {
  values: T;
  /** Rows that the digits of the stage fetch, [200, C]. */
  rows: T;
  read: (z: T) => T;
  stage: number;
}

/**
 * Two tables in one: the upper half learns the classes in turn,
 * two a stage, the lower half draws from all of them.
 */
export async function learn(
  codebooks: number,
  pairs: number,
  see: (now: State) => unknown = () => 0,
) {
  const size = codebooks * pairs;
  let read = makeReader(codebooks, pairs);
  const [all, known] = [read(train.z), read(test.z)];
  const values = tf.variable(tf.zeros([2 * size, 10]));
  const rate = speed * codebooks;
  for (const stage of [0, 1, 2, 3, 4]) {
    if (stage && between === 'redrawn') {
      read = makeReader(codebooks, pairs);
    }
    const own = read(part(train.z, stage));
    for await (const _ of steps(12, 'stages')) {
      const drawn = random.integers([200], 0, 1000);
      const mixed = tf.gather(all, drawn).add(size);
      const rows = tf.concat([own, mixed.toInt()]);
      const goal = tf.gather(targets, drawn);
      const wanted = tf.concat([part(targets, stage), goal]);
      const error = residual(decode(values, rows), wanted).mul(2);
      const next = write(values, rows, error, rate);
      const left = decay ? next.mul(1 - rate * decay) : next;
      values.assign(left as typeof values);
    }
    await see({ values, rows: own, read, stage });
  }
  return {
    values,
    read,
    inTurn: await right(values, read(test.z)),
    mixed: await right(values, known.add(size)),
  };
}

/** Share of the test digits that a table gets right. */
export const right = (values: T, rows: T) =>
  toNumber(nn.accuracy(decode(values, rows), test.y));
