import * as tf from '@tensorflow/tfjs';
import { check, nn, Plot, select, show, toArray } from 'lab';
import { weights } from 'lab';
import { ownAuc, unit } from './mechanism';
import { scaled, states } from './model';
import { ids, N, notAuthor, notTopic } from './sentences';
import { testPassages } from './sentences';
import { topics } from './grammar';

const mask = select('mask', {
  label: 'the second reading looks',
  options: ['both ways', 'back only'],
});

// Every sentence is read twice by one frozen language model.
const net = await weights('llm-embedding-pooling');
const words = tf.tensor2d(ids, undefined, 'int32');
const x = tf.gather(net.embed, words);
const back = nn.causalMask(16);
const open = mask === 'both ways' ? tf.zeros([16, 16]) : back;
const read = (mask: tf.Tensor) =>
  tf.tidy(() => scaled(states(x, net, mask)));
export const causal = read(back);
export const second = read(open);

/** AUC of single states, less their mean, on half of the test
 *  sentences: [tokens] of a layer. */
const half = N / 2;
const tasks = {
  topic: { other: notTopic, shifts: [topics] },
  author: { other: notAuthor, shifts: [testPassages] },
};
export type Task = keyof typeof tasks;
async function known(h: tf.Tensor, task: Task) {
  const { other, shifts } = tasks[task];
  const auc = tf.tidy(() => {
    const test = h.slice([0], [half]).transpose([1, 0, 2]);
    const e = unit(test.sub(test.mean(1, true)));
    const apart = other.slice([0, 0], [half, half]);
    return ownAuc(e, apart, shifts).mean(1);
  });
  return toArray<number[]>(auc);
}
const reads = { 'with its mask': causal, 'as chosen': second };
interface Cell {
  reading: string;
  task: Task;
  layer: number;
  word: number;
  auc: number;
}
const cells: Cell[] = [];
for (const [reading, h] of Object.entries(reads))
  for (const task of ['topic', 'author'] as const)
    for (const [l, layer] of h.unstack().entries())
      for (const [t, auc] of (await known(layer, task)).entries())
        cells.push({ reading, task, layer: l + 1, word: t, auc });
show(
  'known',
  Plot.plot({
    title: 'What a single state knows',
    height: 260,
    x: { label: 'token', ticks: [0, 5, 10, 15] },
    y: { label: 'layer', reverse: true },
    fx: { label: null, domain: Object.keys(reads) },
    fy: { label: null, domain: ['topic', 'author'] },
    color: { label: 'AUC', domain: [0.5, 0.8] },
    marks: [
      Plot.cell(cells, {
        x: 'word',
        y: 'layer',
        fx: 'reading',
        fy: 'task',
        fill: 'auc',
      }),
    ],
  }),
);

// The first four words: what the second reading knows more.
const early = (reading: string) => {
  const own = cells.filter(
    (c) =>
      c.reading === reading &&
      c.task === 'topic' &&
      c.layer > 1 &&
      c.word > 0 &&
      c.word <= 4,
  );
  return own.reduce((sum, { auc }) => sum + auc, 0) / own.length;
};
check(
  'AUC of topics that four early states gain',
  early('as chosen') - early('with its mask'),
  {
    above: 0.03,
    because: 'behind a mask they have not seen the sentence',
    breaks: { mask: 'back only' },
  },
);
