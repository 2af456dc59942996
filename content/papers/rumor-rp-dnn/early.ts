import * as tf from '@tensorflow/tfjs';
import { baseline, chart, check, ink, mean, Plot } from 'lab';
import { show, slider, steps, toArray, toNumber } from 'lab';
import { chosen, test, tests, trained } from './experiment';
import { accuracy } from './mechanism';
import { judge, models } from './model';
import { d, each, time, tweets } from './tweets';

const which = slider('tweet', {
  label: 'tweet of the figure',
  min: 0,
  max: 99,
  value: 0,
  step: 1,
});

// Judged after k replies: the mask hides those that come later.
const early = chart('early', {
  title: 'How soon a rumour of a new event is recognised',
  over: 'k',
  x: { label: 'replies read, at most', ticks: [1, 2, 3, 4, 5, 6] },
  y: { label: 'accuracy', percent: true },
  lines: {
    content: baseline('source only'),
    model: models[chosen].name,
  },
});
const M = models.length;
const event = Math.floor((which * 4) / 100);
const place = which - event * 25;
const said: { k: number; chance: number; text: number }[] = [];
const shares: number[] = [];
for await (const k of steps([1, 2, 3, 4, 5, 6], 'replies')) {
  const first = tf.tensor1d(
    Array.from({ length: time }, (_, t) => Number(t < k)),
  );
  const mask = test.mask.mul(first);
  const { logits, joint } = judge({ ...test, mask }, trained);
  const right = await toArray(accuracy(logits, test.labels));
  const of = (m: number) =>
    mean(right.filter((_, i) => i % M === m && i < 4 * M));
  early.add({ k, content: of(0), model: of(chosen) });
  const chances = await toArray<number[][]>(tf.sigmoid(logits));
  const at = (m: number) => chances[event * M + m][place];
  said.push({ k, chance: at(chosen), text: at(0) });
  if (k === time) {
    const weights = await toArray<number[][][]>(joint);
    shares.push(...weights[event * M + chosen][place]);
  }
}

// One cascade, and what is thought of it after each reply.
const { source, replies, rumour } = tweets[tests[event][place]];
const lines = replies.map(({ text, doubt }, t) => ({
  ...said[t],
  reply: `${t + 1} ${text.join(' ')}`,
  doubt,
  share: shares[t],
}));
const row = { y: 'reply' };
const told = rumour ? 'a rumour' : 'no rumour';
show('source', `**Source** (${told}): ${source.join(' ')}`);
show(
  'cascade',
  Plot.plot({
    title: 'One tweet, judged again after each reply',
    height: 250,
    marginLeft: 190,
    x: {
      label: 'chance of a rumour',
      percent: true,
      domain: [0, 100],
    },
    y: { label: null, domain: lines.map(({ reply }) => reply) },
    r: { range: [0, 9], domain: [0, 0.4] },
    marks: [
      Plot.ruleX([0.5], {
        stroke: ink.theory,
        strokeDasharray: '4 3',
      }),
      Plot.line(lines, { ...row, x: 'text', stroke: ink.baseline }),
      Plot.line(lines, {
        ...row,
        x: 'chance',
        stroke: ink.mechanism,
      }),
      Plot.dot(
        lines.filter(({ doubt }) => !doubt),
        { ...row, x: 'chance', r: 'share', fill: ink.mechanism },
      ),
      Plot.dot(
        lines.filter(({ doubt }) => doubt),
        { ...row, x: 'chance', r: 'share', fill: ink.series[1] },
      ),
    ],
  }),
);

const gained = early.last.model - early.at(1).model;
check('accuracy won from one reply to six', gained, {
  above: 0.08,
  because: 'each reply is one more vote, and (2) weighs them all',
  breaks: { inputs: 'content' },
});

// Other numbers where no reply is: does a verdict move?
const none = tf.sub(1, test.mask).expandDims(-1);
const filled = (x: tf.Tensor, width: number) =>
  x.reshape([-1, each, time, width]).add(none).reshape(x.shape);
const changed = {
  ...test,
  replies: filled(test.replies, d),
  metadata: filled(test.metadata, 4),
};
const before = judge(test, trained).logits;
const after = judge(changed, trained).logits;
const moved = await toNumber(after.sub(before).abs().max());
check(
  'largest move of a verdict by replies that do not exist',
  moved,
  {
    below: 1e-3,
    because: 'm = 0 in formula (2) gives them no weight',
    breaks: { mask: false },
  },
);
