import * as tf from '@tensorflow/tfjs';
import { baseline, chart, check, linalg, mean } from 'lab';
import { random, select, slider, toArray } from 'lab';
import { qk, writer } from './experiment';
import { componentScores, products } from './mechanism';
import { d, S } from './networks';
import { last, mixed, ov } from './prompts';

type T = tf.Tensor;

export const rank = slider('rank', {
  label: 'numbers r in the channel',
  min: 1,
  max: 8,
  step: 1,
  value: 3,
});
const directions = select('directions', {
  options: ['the strongest', 'at random'],
});

/** Of each network only its talker: [S, heads, …] → [S, …]. */
const ofTalker = (x: T) =>
  tf.stack(x.unstack().map((net, s) => net.gather(writer[s])));
export const talker = ofTalker(ov);
export const read = ofTalker(mixed);
export const average = read.mean(1, true);
/** What the readers' queries get if the talker reads this. */
export const instead = (other: T) =>
  last.add(tf.matMul(other.sub(read), talker));

// (3): the components of its matrix, each with a score.
type Svd = Awaited<ReturnType<typeof linalg.svd>>;
const all: Svd[] = [];
for (const net of talker.unstack()) all.push(await linalg.svd(net));
const first8 = (rows: number[][]) =>
  tf.tensor2d(rows.map((row) => row.slice(0, 8)));
const v = tf.stack(all.map((net) => first8(net.v)));
const scored = async (readers: T) =>
  toArray<number[]>(componentScores(v, readers).mean(0));
const own = await scored(qk);
const next = tf.concat([qk.slice(1), qk.slice(0, 1)]);
const foreign = await scored(next);
chart('components', {
  title: ([one, two, three, , five]) =>
    Math.min(one.own, two.own, three.own) > 2 * five.own
      ? 'Readers are tuned to the strongest components'
      : 'How well the components of the talker are heard',
  over: 'i',
  x: { label: 'component i of the talker, by strength' },
  y: { label: 'score of the component', zero: true },
  bounds: [{ y: 1 / Math.sqrt(d) }],
  lines: {
    foreign: baseline('strangers'),
    own: 'its own readers',
  },
}).add(
  ...own.map((own, i) => ({ i: i + 1, own, foreign: foreign[i] })),
);
check(
  'score of three components, strangers = 1',
  mean(own.slice(0, 3)) / mean(foreign.slice(0, 3)),
  {
    above: 1.6,
    because:
      'the readers are aligned with what their talker writes',
    breaks: { weights: 'untrained' },
  },
);

// (4): U of its product with all readers.
const joint = ofTalker(products(ov, qk)).reshape([S, d, -1]);
const found: T[] = [];
for (const net of joint.unstack())
  found.push(first8((await linalg.svd(net)).u));
const strongest = tf.stack(found);
// As many directions of the same space, turned at random.
const turns: T[] = [];
for (let s = 0; s < S; s++)
  turns.push(first8((await linalg.svd(random.normal([8, 8]))).u));
export const turned = tf.matMul(strongest, tf.stack(turns));
export const chosen =
  directions === 'at random' ? turned : strongest;
/** The first r directions: [S, d, 8] → [S, d, r]. */
export const first = (channel: T, r: number) =>
  channel.slice([0, 0, 0], [-1, -1, r]);
export const channel = first(chosen, rank);
