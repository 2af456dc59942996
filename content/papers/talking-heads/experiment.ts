import * as tf from '@tensorflow/tfjs';
import { bound, check, ink, mean, Plot, show, slider } from 'lab';
import { toArray } from 'lab';
import { compositionScore, reads } from './mechanism';
import { d, heads, lossOf, S, second } from './networks';
import { answer, last, normal, ov, truth } from './prompts';
import { written } from './prompts';

const training = slider('training', {
  label: 'network drawn',
  min: 1,
  max: 6,
  step: 1,
  value: 3,
});
export const drawn = training - 1;

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

const byReader = scores[drawn][writer[drawn]];
/** In the network drawn, the reader that hears the talker best. */
export const reader = byReader.indexOf(Math.max(...byReader));

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
show(
  'talkers',
  Plot.plot({
    title:
      'One head in each network talks; its score is the highest',
    x: {
      label: 'highest composition score of the head',
      zero: true,
    },
    y: { label: 'loss added when it is not heard' },
    marks: [
      bound({ x: level, label: 'unrelated: 1/√d' }),
      Plot.dot(points, {
        x: 'score',
        y: 'loss',
        fill: 'fill',
        r: 5,
      }),
    ],
  }),
);

// The same in the network drawn, reader by reader.
const table = scores[drawn].flatMap((row, w) =>
  row.map((score, r) => ({
    writer: `head ${w + 1}`,
    reader: `head ${r + 1}`,
    score,
    text: score.toFixed(2),
  })),
);
show(
  'scores',
  Plot.plot({
    title: 'Who is wired to whom, from the weights of one network',
    height: 220,
    color: { domain: [0, 0.6], label: 'composition score' },
    x: { label: 'reader, in layer 2' },
    y: { label: 'writer, in layer 1' },
    marks: [
      Plot.cell(table, {
        x: 'reader',
        y: 'writer',
        fill: 'score',
      }),
      Plot.text(table, { x: 'reader', y: 'writer', text: 'text' }),
    ],
  }),
);

check('networks whose highest score names the talker', named / S, {
  above: 0.9,
  because: 'a message is read where weights are aligned for it',
  breaks: { weights: 'untrained' },
});
check('the highest score, unrelated = 1', mean(highest) / level, {
  above: 2,
  because: 'unrelated matrices of width d score about 1/√d',
  breaks: { weights: 'untrained' },
});
