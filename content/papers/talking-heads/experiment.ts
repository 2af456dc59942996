import * as tf from '@tensorflow/tfjs';
import { bound, check, ink, mean, Plot, show, toArray } from 'lab';
import { compositionScore, reads } from './mechanism';
import { d, heads, lossOf, S, second } from './networks';
import { answer, last, normal, ov, truth } from './prompts';
import { written } from './prompts';

// From weights alone: (2) for each writer and reader, [S][W][R].
export const qk = reads(second, heads);
const score = compositionScore(ov, qk);
export const scores = await toArray<number[][][]>(score);
const loudest = scores.map((net) => net.map((s) => Math.max(...s)));
const highest = loudest.map((s) => Math.max(...s));
/** The head with the highest score, in each network. */
export const writer = highest.map((s, net) =>
  loudest[net].indexOf(s),
);

// Measured: the loss that it adds when the readers' queries get the
// mean of what a writer says, and not what it says.
const before = lossOf(normal.logits, truth);
const added = [];
for (const own of written.unstack(1)) {
  const silent = last.sub(own.sub(own.mean(1, true)));
  const loss = lossOf(answer(silent).logits, truth);
  added.push(loss.sub(before));
}
export const losses = await toArray<number[][]>(tf.stack(added, 1));

const points = losses.flatMap((net, s) =>
  net.map((loss, w) => ({
    loss,
    score: loudest[s][w],
    fill: w === writer[s] ? ink.mechanism : ink.baseline,
  })),
);
const named = losses.filter(
  (net, s) => net.indexOf(Math.max(...net)) === writer[s],
).length;
const level = 1 / Math.sqrt(d);
const at = { x: 'score', y: 'loss' };
const talkers = points.filter(({ fill }) => fill === ink.mechanism);
const [lowest] = talkers.sort((a, b) => a.loss - b.loss);
show(
  'talkers',
  Plot.plot({
    title:
      named === S
        ? 'The head with the highest score is the one that matters'
        : 'Heads by their score, and what is lost without them',
    height: 260,
    x: {
      label: 'highest composition score of a head',
      domain: [0, 0.6],
    },
    y: { label: 'loss added when it is not heard' },
    marks: [
      bound({ x: level, label: 'unrelated: 1/√d' }),
      Plot.dot(points, { ...at, fill: 'fill', r: 4 }),
      Plot.text([{ ...lowest, text: 'talkers' }], {
        ...at,
        text: 'text',
        fill: 'fill',
        textAnchor: 'end',
        dx: -10,
      }),
    ],
  }),
);

check('networks whose highest score names the talker', named / S, {
  above: 0.8,
  because: 'a message is read where weights are aligned for it',
  breaks: { weights: 'untrained' },
});
check('the highest score, unrelated = 1', mean(highest) / level, {
  above: 2,
  because: 'unrelated matrices of width d score about 1/√d',
  breaks: { weights: 'untrained' },
});
