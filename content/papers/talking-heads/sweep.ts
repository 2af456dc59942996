import type * as tf from '@tensorflow/tfjs';
import { baseline, chart, check, mean, steps, toArray } from 'lab';
import { average, channel, chosen, first } from './channel';
import { instead, read, turned } from './channel';
import { keep, steer } from './mechanism';
import { accuracy, answer, right, truth } from './prompts';

type T = tf.Tensor;

/** Right answers, a mean of all networks, if talkers read this. */
async function score(other: T) {
  const { logits } = answer(instead(other));
  return mean(await toArray<number[]>(accuracy(logits, truth)));
}
const kept = (U: T) => score(keep(read, average, U));
const stilled = (U: T) => score(steer(read, average, U));

const fx = 'panel';
const [only, without] = ['only these vary', 'these stand still'];
const sweep = chart(
  'sweep',
  {
    title: (rows) =>
      rows.some(
        ({ r, panel, best }) =>
          r === 3 && panel === only && best > 0.95,
      )
        ? 'Three numbers of eight carry nearly the whole message'
        : 'Right answers, by how many numbers may vary',
    over: 'r',
    x: { label: 'numbers r', ticks: [0, 2, 4, 6] },
    y: { label: 'right answers', percent: true },
    fx: { label: null, domain: [only, without] },
    lines: {
      random: { ...baseline('at random'), fx },
      best: { label: 'the strongest', fx },
    },
  },
  [] as {
    panel: string;
    r: number;
    random: number;
    best: number;
  }[],
);
const silence = await score(read.mul(0).add(average));
const all = mean(right);
sweep.add({ panel: only, r: 0, random: silence, best: silence });
sweep.add({ panel: without, r: 0, random: all, best: all });
for await (const r of steps([1, 2, 3, 4, 5, 6, 7, 8], 'numbers')) {
  const [best, random] = [first(chosen, r), first(turned, r)];
  sweep.add(
    {
      panel: only,
      r,
      best: await kept(best),
      random: await kept(random),
    },
    {
      panel: without,
      r,
      best: await stilled(best),
      random: await stilled(random),
    },
  );
}

const [, , width] = channel.shape;
const lost = await stilled(channel);
const lostAtRandom = await stilled(first(turned, width!));
check('right answers with the channel alone', await kept(channel), {
  above: 0.9,
  because: 'the readers hear nothing else of what is written',
  breaks: { rank: 1 },
});
check(
  'right answers lost with the channel, less than at random',
  lostAtRandom - lost,
  {
    above: 0.2,
    because: 'the other five numbers cannot stand in for it',
    breaks: { directions: 'at random' },
  },
);
