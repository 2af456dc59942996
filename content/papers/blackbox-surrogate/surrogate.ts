import * as tf from '@tensorflow/tfjs';
import { baseline, chart, check, random, select } from 'lab';
import { slider, show, toArray, toNumber } from 'lab';
import { probability, test, told, train } from './box';
import { ranked } from './experiment';
import { fidelity, rSquared } from './mechanism';
import { answerOf, growTree } from './tree';

const depth = slider('depth', {
  label: 'depth of the tree',
  min: 2,
  max: 8,
  value: 6,
  step: 1,
});
const teacher = select('teacher', {
  label: 'the tree learns from',
  options: ['the black box', 'labels, all features'],
});

const answers = await toArray<number[]>(probability(train.x));
const decisions = answers.map((p) => (p > 0.5 ? 1 : 0));
const box = probability(test.x);
const seen = await toArray<number[][]>(train.x.transpose());
const unseen = await toArray<number[][]>(test.x);

/** What a tree on these features, grown on targets, says of test rows. */
function imitate(features: number[], targets: number[]) {
  const columns = features.map((j) => seen[j]);
  const tree = growTree(columns, targets, { depth });
  return tf.tensor1d(
    unseen.map((row) =>
      answerOf(
        tree,
        features.map((j) => row[j]),
      ),
    ),
  );
}

const imitation = chart('fidelity', {
  title: 'How well a small tree imitates the box',
  over: 'k',
  x: { label: 'features the tree may ask for, k' },
  y: { label: 'of the box, %', percent: true, domain: [0, 100] },
  bounds: [{ x: 4, label: 'planted' }],
  lines: {
    random: baseline('decisions, random k'),
    decisions: 'decisions, first k',
    spread: { label: 'R², first k', as: 'series 1' },
  },
});
const any = random.permutation(seen.length);
for (const k of [1, 2, 3, 4, 6, 8]) {
  const [first, drawn] = [ranked.slice(0, k), any.slice(0, k)];
  const [tree, blind] = [first, drawn].map((features) =>
    imitate(features, decisions),
  );
  const soft = imitate(first, answers);
  imitation.add({
    k,
    decisions: await toNumber(fidelity(tree, box)),
    random: await toNumber(fidelity(blind, box)),
    spread: await toNumber(rSquared(soft, box)),
  });
}

const four = imitation.at(4);
check(
  'decisions of the box imitated by a tree on four',
  four.decisions,
  {
    above: 0.7,
    because: 'a tree of few questions follows a box that reads few',
    breaks: { ranking: 'upside down' },
  },
);
check(
  'gained by four features over the first alone',
  four.decisions - imitation.at(1).decisions,
  {
    above: 0.08,
    because: 'each planted feature carries a part of the decision',
    breaks: { ranking: 'upside down' },
  },
);

// The student against a tree that was told the labels themselves.
const everything = seen.map((_, j) => j);
const raw = imitate(everything, told);
const student =
  teacher === 'the black box'
    ? imitate(ranked.slice(0, 4), decisions)
    : raw;
const truth = tf.tensor1d(test.truth);
const right = (tree: tf.Tensor) => toNumber(fidelity(tree, truth));
const [own, direct] = [await right(student), await right(raw)];
show('learners', [
  { learner: 'black box', 'right, %': 100 * (await right(box)) },
  { learner: 'tree taught by the box', 'right, %': 100 * own },
  {
    learner: 'tree taught by the labels',
    'right, %': 100 * direct,
  },
]);
check(
  'rightly judged by the student, over the raw tree',
  own - direct,
  {
    above: 0.015,
    because: 'the box has left most of the wrong labels out',
    breaks: { teacher: 'labels, all features' },
  },
);
