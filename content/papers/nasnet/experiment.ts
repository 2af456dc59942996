import * as tf from '@tensorflow/tfjs';
import { baseline, chart, check, mean, random } from 'lab';
import { slider, steps, toArray } from 'lab';
import { ascend, chances, logChance, sample } from './mechanism';
import { cellOf, rewards } from './table';

const budget = slider('budget', {
  label: 'children a search may train',
  min: 100,
  max: 800,
  step: 20,
  value: 400,
});
const rate = slider('rate', {
  label: 'rate of the controller',
  min: 0,
  max: 2,
  value: 1,
});

// Eight controllers, and eight that never learn: random search.
const [R, half, n] = [16, 8, 20];
const learns = (run: number) => (run < half ? rate : 0);
const runs = Array.from({ length: R }, (_, run) => learns(run));
const rates = tf.tensor(runs, [R, 1, 1]);
// Block 1 sees two states only: its third input is ruled out.
const out = [0, 0, -1e9];
const open = [0, 0, 0];
const legal = [out, open, out, open, open, open, open, open];
export const start = tf.tensor([legal]).tile([R, 1, 1]);
const places = tf.tensor1d(
  [7, 6, 5, 4, 3, 2, 1, 0].map((k) => 3 ** k),
);

const reward = chart('reward', {
  title: (rows) =>
    rows.at(-1)!.found > rows[0].random + 0.05
      ? 'The controller’s children get better'
      : 'Accuracy of the children, batch by batch',
  over: 'child',
  x: { label: 'children trained' },
  y: { label: 'mean accuracy of twenty', percent: true },
  lines: { random: baseline('random'), found: 'controller' },
});
let logits = start;
let expected: tf.Tensor | undefined; // b, [R, 1]
export const visits: number[][] = Array.from(
  { length: R },
  () => [],
);
export const earned: number[][] = Array.from(
  { length: R },
  () => [],
);
for await (const k of steps(budget / n, 'search')) {
  const a = sample(logits, random.uniform([R, n, 8, 1]));
  const codes = a.mul(places).sum(-1).toInt();
  const got = tf.gather(rewards, codes);
  expected ??= got.mean(1, true);
  const advantage = got.sub(expected).div(0.1);
  const picks = tf.oneHot(a.toInt(), 3, 1, 0, 'float32');
  const before = logChance(logits, picks);
  for (let epoch = 0; epoch < 3; epoch++)
    logits = ascend(logits, picks, before, advantage, rates);
  expected = expected.mul(0.95).add(got.mean(1, true).mul(0.05));
  tf.keep(logits);
  tf.keep(expected);

  const [seen, pay] = [
    await toArray<number[][]>(codes),
    await toArray<number[][]>(got),
  ];
  for (let run = 0; run < R; run++) {
    visits[run].push(...seen[run].map((code) => cellOf[code]));
    earned[run].push(...pay[run]);
  }
  const of = (list: number[][]) => mean(list.map(mean));
  const [found, plain] = [pay.slice(0, half), pay.slice(half)];
  reward.add({
    child: (k + 1) * n,
    found: of(found),
    random: of(plain),
  });
}
export const policy = chances(logits);

const late = (run: number) => mean(earned[run].slice(-100));
/** Mean reward of the 25 best cells that a search trained. */
function top(run: number) {
  const of = new Map(
    visits[run].map((i, k) => [i, earned[run][k]]),
  );
  const best = [...of.values()].sort((a, b) => b - a);
  return mean(best.slice(0, 25));
}
const gain = (measure: (run: number) => number) => {
  const all = Array.from({ length: R }, (_, run) => measure(run));
  return mean(all.slice(0, half)) - mean(all.slice(half));
};
check(
  'accuracy of the last 100 children, above random',
  gain(late),
  {
    above: 0.05,
    because: 'formula (3) makes choices likelier that paid more',
    breaks: { rate: 0 },
  },
);
check('accuracy of the 25 best children, above random', gain(top), {
  above: 0.005,
  because: 'what paid in one cell pays in others that share it',
  breaks: { reward: 'shuffled' },
});
