import * as tf from '@tensorflow/tfjs';
import { broken, chart, check, toNumber } from 'lab';
import { overwrite, plain, righting } from './age';
import { read } from './mechanism';
import { fill, pairs, strength } from './memories';

// Sixteen keys are written with a first value, then all of them
// again with a second one.
const drawn = pairs(32, 32);
const once = drawn.keys.slice([0, 0], [-1, 16]);
const keys = tf.concat([once, once], 1);
const { values } = drawn;
const [first, second] = tf.split(values, 2, 1);

const ours = overwrite === righting ? 'delta rule' : 'without S k';
interface Row {
  panel: string;
  writes: number;
  old: number;
  now: number;
}
const rows: Row[] = [];
const rules = { linear: plain, [ours]: overwrite };
for (const [panel, rule] of Object.entries(rules))
  for (let writes = 0; writes <= 32; writes += 4) {
    const answers = read(
      fill({ keys, values }, writes, rule),
      once,
    );
    const of = (value: tf.Tensor) =>
      toNumber(strength(answers, value).mean());
    rows.push({
      panel,
      writes,
      old: await of(first),
      now: await of(second),
    });
  }
const line = { fx: 'panel' };
chart(
  'rewrite',
  {
    title: (rows) =>
      rows.at(-1)!.old < 0.2
        ? 'The delta rule takes the old value out, a sum keeps both'
        : 'How strongly a key answers with either value',
    over: 'writes',
    x: { label: 'writes', ticks: [0, 16] },
    y: { label: 'strength', domain: [-0.1, 1.2] },
    fx: { label: null },
    bounds: [{ x: 16 }],
    lines: {
      old: { ...broken('first'), ...line },
      now: { label: 'second', ...line },
    },
  },
  rows,
);

const memory = fill({ keys, values }, 32, overwrite);
const scores = tf.matMul(read(memory, once), values, false, true);
const wanted = tf.range(16, 32, 1, 'int32');
const right = await toNumber(scores.argMax(2).equal(wanted).mean());
check('keys that answer with their second value', right, {
  above: 0.85,
  because: 'formula (3) writes what is missing, v − S k',
  breaks: { overwrite: 'v' },
});
