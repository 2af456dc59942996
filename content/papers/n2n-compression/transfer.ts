import * as tf from '@tensorflow/tfjs';
import { adam, baseline, chart, check, mean } from 'lab';
import { parameters, select, steps, toArray } from 'lab';
import { choices, R as rewards } from './estimator';
import { course, rate, rollouts } from './experiment';
import { accuracyOnly, expectedReward } from './mechanism';
import { reinforce, removalPolicy } from './mechanism';
import { describe, kept, oneHot, removals } from './policy';
import { running, untrained } from './policy';
import { R as chosen, teacher, trainOnce } from './students';

const pretraining = select('pretraining', {
  label: 'the small teacher is shrunk for',
  options: ['the reward R', 'accuracy alone', 'nothing'],
});
const form =
  pretraining === 'accuracy alone' ? accuracyOnly : chosen;
const pace = pretraining === 'nothing' ? 0 : 0.12 * rate;

// Four policies learn on a teacher of four layers.
const small = [48, 24, 48, 24];
const P = 4;
const net = parameters(untrained(P, 'removal'));
const [few, many] = [describe(small), describe(teacher)];

/** On the teacher of seven layers, exactly; nothing is learnt. */
async function onLarge() {
  const logPi = removalPolicy(many, net.values());
  const J = expectedReward(logPi, choices, rewards);
  return mean(await toArray<number[]>(J));
}
const transfer = chart('transfer', {
  title: 'Mean reward on the teacher of seven layers',
  over: 'tried',
  x: { label: 'students tried by a policy' },
  y: { label: 'mean reward R', domain: [0.6, 1] },
  lines: {
    there: baseline('learnt there'),
    before: 'on four layers only',
  },
});
const optimiser = adam(net, { rate: pace });
let b: number[] = [];
async function look(update: number) {
  const tried = update * rollouts;
  const there = course.rows[Math.min(update, 13)]?.found;
  transfer.add({ tried, there, before: await onLarge() });
}
for await (const update of steps(12, 'removing layers of four')) {
  if (update % 3 === 0) await look(update);
  const logPi = removalPolicy(few, net.values());
  const pi = await toArray<number[][][]>(logPi.exp());
  const tried = pi.map((layer) =>
    removals(
      layer.map(([, keep]) => keep),
      rollouts,
    ),
  );
  const R = tried.map((all) =>
    all.map((keep) => trainOnce(kept(small, keep), form, small)),
  );
  b = running(b, R.map(mean));
  const actions = oneHot(tried, 2);
  await optimiser.step((policy) => {
    const logPi = removalPolicy(few, policy).expandDims(1);
    const baseline = tf.tensor2d(b, [P, 1]);
    return reinforce(logPi, actions, tf.tensor2d(R), baseline);
  });
}
await look(12);
const { before } = transfer.last;
const start = transfer.rows[0].before;
check(
  'reward that a policy brings to a larger teacher',
  before - start,
  {
    above: 0.1,
    because: 'it reads what a layer is like, not which one it is',
    breaks: { pretraining: 'nothing' },
  },
);
