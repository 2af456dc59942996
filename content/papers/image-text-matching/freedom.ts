import * as tf from '@tensorflow/tfjs';
import { chart, check, random, select, show, toNumber } from 'lab';
import { imageHinge, imageRanks, recallAt } from './mechanism';
import { sentenceHinge, sentenceRanks } from './mechanism';
import { galleries } from './pairs';
import { meanings } from './sentences';
import { ways } from './towers';
import { margin, S } from './training';

const side = select('side', {
  label: 'add c to the scores of each',
  options: ['image', 'sentence'],
});

// The system of sentence negatives, and a random c for each image.
const n = meanings.length;
const scores = S.gather(ways.indexOf('sentences'));
const deviation = tf.moments(scores).variance.sqrt();
const shape = side === 'image' ? [n, 1] : [1, n];
const c = random.normal([galleries, ...shape]).mul(deviation);
const moved = (size: number) => scores.add(c.mul(size));

const change = chart('change', {
  title: `What a random number for each ${side} does`,
  over: 'size',
  x: { label: 'deviation of c, in deviations of the scores' },
  y: { label: 'R@5', percent: true, domain: [0, 80] },
  lines: {
    toText: { label: 'image → text', as: 'series 1' },
    toImage: { label: 'text → image', as: 'series 2' },
  },
});
const within = (ranks: tf.Tensor) =>
  toNumber(recallAt(ranks, 5).mean());
for (const size of [0, 0.25, 0.5, 1, 1.5, 2]) {
  const toText = await within(sentenceRanks(moved(size)));
  const toImage = await within(imageRanks(moved(size)));
  change.add({ size, toText, toImage });
}

const others = tf.sub(1, tf.eye(n));
const sums = { sentence: sentenceHinge, image: imageHinge };
const table = [];
for (const [negatives, hinge] of Object.entries(sums)) {
  const sum = (size: number) =>
    toNumber(hinge(moved(size), others, margin).mean());
  table.push({
    'sum over': `${negatives} negatives`,
    before: await sum(0),
    'c added': await sum(1),
  });
}
show('the two sums of the loss', table);

const lost = change.at(0).toImage - change.at(1).toImage;
check('R@5 of text → image that c takes away', lost, {
  above: 0.1,
  because: 'a column compares images, and c differs between them',
  breaks: { side: 'sentence' },
});
