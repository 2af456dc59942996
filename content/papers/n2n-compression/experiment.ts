import * as tf from '@tensorflow/tfjs';
import { adam, broken, chart, check, ink, mean, Plot } from 'lab';
import { parameters, show, slider, steps, toArray } from 'lab';
import { toggle } from 'lab';
import { accuracyOnly, compression, reinforce } from './mechanism';
import { removalPolicy } from './mechanism';
import { describe, kept, oneHot, removals } from './policy';
import { running, untrained } from './policy';
import { full, R, rewardOf, sizeOf, teacher } from './students';
import { trainOnce } from './students';

export const rollouts = slider('rollouts', {
  label: 'students tried an update m',
  min: 1,
  max: 40,
  value: 25,
  step: 1,
});
export const rate = slider('rate', {
  label: 'learning rate, times',
  min: 0,
  max: 2,
  value: 1,
});
export const useBaseline = toggle('baseline', {
  label: 'baseline b',
  value: true,
});

// Four policies of each kind, all in one stack.
const each = 4;
const kinds = [
  { form: R, b: useBaseline },
  { form: R, b: false },
  { form: accuracyOnly, b: true },
];
const policies = kinds.flatMap((kind) =>
  Array.from({ length: each }, () => kind),
);
const first = <V>(all: V[]) => all.slice(0, each);
const second = <V>(all: V[]) => all.slice(each, 2 * each);
const net = parameters(untrained(policies.length, 'removal'));
const layers = describe(teacher);

// What uniform choice finds, over all ways to remove layers.
export const ways = Array.from({ length: 128 }, (_, code) =>
  teacher.map((_, t) => (code >> t) & 1),
);
export const rewards = ways.map((keep) =>
  rewardOf(kept(teacher, keep)),
);
export const course = chart('course', {
  title: 'Mean reward of the students that are tried',
  over: 'tried',
  x: { label: 'students tried by a policy' },
  y: { label: 'mean reward R', domain: [0.6, 1] },
  bounds: [
    { y: Math.max(...rewards), label: 'best of all 128' },
    { y: mean(rewards), label: 'at random' },
  ],
  lines: {
    without: broken('without b'),
    found: 'with b',
  },
});
const memory: { update: number; layer: string; keep: number }[] =
  [];
const optimiser = adam(net, { rate: 0.12 * rate });
let b: number[] = [];
for await (const update of steps(14, 'removing layers')) {
  const logPi = removalPolicy(layers, net.values());
  const pi = await toArray<number[][][]>(logPi.exp());
  const keep = pi.map((layer) => layer.map(([, keep]) => keep));
  for (const [t, width] of teacher.entries()) {
    const layer = `${t + 1}: ${width}`;
    const p = mean(first(keep).map((layers) => layers[t]));
    memory.push({ update, layer, keep: p });
  }
  const tried = keep.map((p) => removals(p, rollouts));
  const R = tried.map((all, p) =>
    all.map((a) => trainOnce(kept(teacher, a), policies[p].form)),
  );
  const found = R.map(mean);
  b = running(b, found);
  const used = policies.map((kind, p) => [kind.b ? b[p] : 0]);
  const [actions, baseline] = [oneHot(tried, 2), tf.tensor2d(used)];
  await optimiser.step((policy) => {
    const logPi = removalPolicy(layers, policy).expandDims(1);
    return reinforce(logPi, actions, tf.tensor2d(R), baseline);
  });
  course.add({
    tried: (update + 1) * rollouts,
    found: mean(first(found)),
    without: mean(second(found)),
  });
}
show(
  'kept',
  Plot.plot({
    title: 'How likely each layer is kept: the bluer, the likelier',
    height: 240,
    x: { label: 'update', ticks: [0, 5, 10, 15] },
    y: { label: 'layer: its width' },
    opacity: { domain: [0, 1], range: [0, 1] },
    marks: [
      Plot.cell(memory, {
        x: 'update',
        y: 'layer',
        fill: ink.mechanism,
        fillOpacity: 'keep',
      }),
    ],
  }),
);

// The likeliest student of each policy.
const logPi = removalPolicy(layers, net.values());
const last = await toArray<number[][][]>(logPi);
const likeliest = last.map((layer) =>
  kept(
    teacher,
    layer.map(([remove, keep]) => Number(keep > remove)),
  ),
);
const small = first(likeliest).filter(
  (widths) => widths.length > 0 && widths.length <= 3,
);
/** Stage 2 takes the best; none has to be there untrained. */
export const removed = small.sort(
  (a, b) => rewardOf(b) - rewardOf(a),
)[0] ?? [24, 24, 24];

const end = course.rows.slice(-4);
const ours = mean(end.map(({ found }) => found));
check('mean reward of the last students, layers removed', ours, {
  above: 0.82,
  because: 'formula (2) makes what is rewarded more likely',
  breaks: { rate: 0 },
});
const C = (widths: number[]) => compression(sizeOf(widths), full);
const shares = (some: number[][]) => mean(some.map(C));
check(
  'compression won by rewarding it',
  shares(first(likeliest)) - shares(likeliest.slice(2 * each)),
  {
    above: 0.4,
    because: 'the teacher itself is best when accuracy alone pays',
    breaks: { reward: 'A alone' },
  },
);
