import * as tf from '@tensorflow/tfjs';
import { check, ink, Plot, random, show, toArray } from 'lab';
import { toNumber } from 'lab';
import { begin, draw, entries, keys, meaning } from './tasks';
import { table } from './tasks';
import { decide, messages, speak } from './team';

// What 400 tasks tell the readers of an untrained system.
const { asked, truth } = draw(random, 400);
const seen = decide(speak(begin(random, 3), asked), [0, 0, 0]);
const { reader } = messages(seen, truth);
const weights = tf.matMul(
  tf.oneHot(asked.reader, 16),
  reader,
  true,
);

const most = tf.maximum(weights.max(1, true), 1e-9);
const shares = await toArray<number[][]>(weights.div(most));
const asks = shares.flatMap((row, i) =>
  row.map((w, number) => ({ word: keys.reader[i], number, w })),
);
const right = meaning.reader.map((number, i) => ({
  word: keys.reader[i],
  number,
}));
const place = { x: 'number', y: 'word', inset: 0.5 };
const label = 'number that the critiques ask for';
const heaviest = 'weight, share of the heaviest';
show(
  'critiques',
  Plot.plot({
    title: 'What 400 tasks ask the readers to say for each word',
    x: { label, domain: entries.reader.map(Number) },
    y: { label: null, domain: keys.reader },
    color: { label: heaviest, domain: [0, 1] },
    marks: [
      Plot.cell(asks, { ...place, fill: 'w' }),
      Plot.cell(right, { ...place, stroke: ink.theory }),
    ],
  }),
);

const misled = weights.argMax(1).notEqual(table('reader')).mean();
const lost = await toNumber(misled);
check('share of words whose heaviest critique is false', lost, {
  below: 0.2,
  because: 'only the true explanation is the same in every task',
  breaks: { messages: 'lastOnly' },
});
