import * as tf from '@tensorflow/tfjs';
import { baseline, chart, check, steps, toNumber } from 'lab';
import { pass } from './mechanism';
import { classes, classifier, digits, unit } from './networks';

type T = tf.Tensor;

// 200 digits; the next one, where it is of another class.
const n = 200;
const around = (x: T) =>
  tf.concat([x.slice([1]), x.slice([0], [1])]);
const x0 = digits.slice([0], [n]);
const label = classes.slice([0], [n]);
const other = around(label);
const differ = label.notEqual(other).toFloat();
const share = (logits: T, label: T) => {
  const right = logits.argMax(1).equal(label).toFloat();
  return toNumber(right.mul(differ).sum().div(differ.sum()));
};

// Two signals for each digit: a blank one and the next digit.
const blank = tf.zerosLike(x0);
const two = tf.stack([blank, around(x0)], 1);
const signals = two.reshape([2 * n, 14, 14, 1]);

const parts = chart('parts', {
  title: (rows) =>
    (rows.at(-1)?.bias ?? 0) > (rows.at(-1)?.votes ?? 0)
      ? 'With depth, the biases take over from the pixels'
      : 'What votes tell, and what biases tell',
  over: 'depth',
  x: { type: 'log', label: 'convolutions', ticks: [2, 4, 8] },
  y: {
    label: 'digits told right',
    percent: true,
    domain: [0, 100],
  },
  lines: {
    whole: baseline('the network'),
    votes: 'votes alone',
    bias: { label: 'bias alone', as: 'series 1' },
  },
});
const whose = chart('whose', {
  title: 'Pixels of one digit, decisions of another',
  over: 'depth',
  x: { type: 'log', label: 'convolutions', ticks: [2, 4, 8] },
  y: {
    label: 'replays told as the digit',
    percent: true,
    domain: [0, 100],
  },
  lines: {
    pixels: baseline('of the pixels'),
    decisions: 'of the decisions',
  },
});
for await (const depth of steps([2, 4, 8], 'depths')) {
  const layers = pass(classifier(depth), unit, [x0, signals], 1);
  const [logits, replayed] = layers.at(-1)!;
  const [bias, mixed] = replayed.reshape([n, 2, 10]).unstack(1);
  const votes = logits.sub(bias); // F x, formula (6)
  parts.add({
    depth,
    whole: await share(logits, label),
    votes: await share(votes, label),
    bias: await share(bias, label),
  });
  whose.add({
    depth,
    pixels: await share(mixed, other),
    decisions: await share(mixed, label),
  });
}

const lost = parts.at(2).votes - parts.at(8).votes;
check('told right by votes alone: lost from 2 to 8 layers', lost, {
  above: 0.3,
  because:
    'each layer adds biases, and they pass through decisions',
  breaks: { unit: 'all open' },
});
const { decisions } = whose.at(8);
check('told as the digit of the decisions, 8 layers', decisions, {
  above: 0.2,
  because: 'chance is 0.1: the decisions themselves carry a class',
  breaks: { unit: 'decided by each signal' },
});
