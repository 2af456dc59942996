import * as tf from '@tensorflow/tfjs';
import { baseline, chart, check, images, random, show } from 'lab';
import { slider, toArray, toNumber } from 'lab';
import { d, probability, test, train } from './box';
import { ranked } from './experiment';
import { answerOf, boxes, growTree } from './tree';

const push = slider('push', {
  label: 'how far beyond a threshold to step',
  min: 0,
  max: 1.5,
  value: 1.5,
  step: 0.1,
});

const four = ranked.slice(0, 4);
const seen = await toArray<number[][]>(
  tf.gather(train.x, four, 1).transpose(),
);
const answers = await toArray<number[]>(probability(train.x));
const decisions = answers.map((p) => (p > 0.5 ? 1 : 0));
const tree = growTree(seen, decisions);

/** The leaf of the other answer that takes the least change: where to
 *  move the four features, each at most to the middle of its side. */
function counterfactual(row: number[], push: number) {
  const now = answerOf(tree, row) > 0.5;
  const moves = boxes(tree, 4)
    .filter(({ value }) => value > 0.5 !== now)
    .map(({ box }) =>
      box.map(([low, high], j) => {
        const room = Math.min(push, (high - low) / 2);
        if (row[j] < low) return low + room - row[j];
        return row[j] >= high ? high - room - row[j] : 0;
      }),
    );
  const size = (move: number[]) =>
    move.reduce((sum, step) => sum + Math.abs(step), 0);
  return moves.reduce((a, b) => (size(b) < size(a) ? b : a));
}

const rows = test.x.slice([0, 0], [200, d]);
const asked = await toArray<number[][]>(tf.gather(rows, four, 1));
const before = probability(rows).greater(0.5);
/** The share of decisions that moves along these features turn. */
function turned(moves: number[][], features: number[]) {
  const along = tf.oneHot(features, d).toFloat() as tf.Tensor2D;
  const after = rows.add(tf.matMul(tf.tensor2d(moves), along));
  const decided = probability(after).greater(0.5);
  return toNumber(decided.notEqual(before).mean());
}

const others = random
  .permutation(d)
  .filter((j) => !four.includes(j));
const turning = chart('turned', {
  title: 'Does the box follow what the tree says would change it?',
  over: 'step',
  x: { label: 'step beyond the threshold' },
  y: { label: 'decisions turned', percent: true, domain: [0, 100] },
  bounds: [{ x: push }],
  lines: {
    other: baseline('other features'),
    own: 'the tree’s features',
  },
});
for (const step of [0, 0.3, 0.6, 0.9, 1.2, 1.5]) {
  const moves = asked.map((row) => counterfactual(row, step));
  turning.add({
    step,
    own: await turned(moves, four),
    other: await turned(moves, others.slice(0, 4)),
  });
}

// Box and tree over the first two features, all others at 0.
const grid = tf.linspace(-2.4, 2.4, 25);
const [down, across] = tf.meshgrid(grid, grid.neg(), {
  indexing: 'xy',
});
const plane = tf.stack([down.flatten(), across.flatten()], 1);
const first = tf.oneHot(four.slice(0, 2), d).toFloat();
const seenByBox = probability(
  tf.matMul(plane as tf.Tensor2D, first as tf.Tensor2D),
);
const seenByTree = (await toArray<number[][]>(plane)).map((row) =>
  answerOf(tree, [...row, 0, 0]),
);
show(
  'plane',
  await images(
    {
      answer: tf.stack([
        seenByBox.reshape([25, 25]),
        tf.tensor2d(seenByTree, [625, 1]).reshape([25, 25]),
      ]),
    },
    {
      title:
        'Two features, as the box sees them and as the tree does',
      columns: ['black box', 'tree'],
      range: [0, 1],
    },
  ),
);

const moves = asked.map((row) => counterfactual(row, push));
const own = await turned(moves, four);
const other = await turned(moves, others.slice(0, 4));
check(
  'decisions turned beyond those by other features',
  own - other,
  {
    above: 0.25,
    because: 'the tree’s thresholds stand near the box’s boundary',
    breaks: { push: 0 },
  },
);
