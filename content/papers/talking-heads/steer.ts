import * as tf from '@tensorflow/tfjs';
import { baseline, chart, check, mean, steps, toArray } from 'lab';
import { channel, chosen, first, instead, read } from './channel';
import { turned } from './channel';
import { steer } from './mechanism';
import { hot, S } from './networks';
import { accuracy, answer, normal, pointers } from './prompts';
import { words } from './prompts';

type T = tf.Tensor;

// mᵢ: what the talker reads where the query points at number i.
const says = hot(tf.tensor1d(pointers, 'int32'), 6);
const weights = says.div(says.sum(0)).transpose(); // [6, B]
const all = tf.tile(weights.expandDims(), [S, 1, 1]);
const means = tf.matMul(all, read).unstack(1);
const targets = means.map((m) => m.expandDims(1));

/** Formula (6) in all prompts, to each place in turn. */
const set = (U: T) =>
  targets.map((m) => answer(instead(steer(read, m, U))));
/** How often the answer is then the number at that place. */
async function obeyed(U: T) {
  const right = set(U).map(({ logits }, i) =>
    accuracy(logits, hot(words[i], 6)),
  );
  return mean((await toArray<number[][]>(tf.stack(right))).flat());
}
const chance = words.slice(0, 6).map((word) => {
  return accuracy(normal.logits, hot(word, 6));
});
const untouched = mean(
  (await toArray<number[][]>(tf.stack(chance))).flat(),
);

const obeys = chart('obeys', {
  title: 'Answers that name the number at the place set',
  over: 'r',
  x: { label: 'numbers set, r' },
  y: { label: 'answers', percent: true },
  bounds: [{ y: untouched, label: 'not touched' }],
  lines: {
    random: baseline('at random'),
    best: 'the strongest',
  },
});
for await (const r of steps([1, 2, 3, 4, 6, 8], 'steering')) {
  const best = await obeyed(first(chosen, r));
  obeys.add({ r, best, random: await obeyed(first(turned, r)) });
}

export const steered = set(channel);
check(
  'steered answers that name the number there',
  await obeyed(channel),
  {
    above: 0.8,
    because: 'the channel tells the readers where to look',
    breaks: { directions: 'at random' },
  },
);
