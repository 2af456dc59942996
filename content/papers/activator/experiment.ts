import * as tf from '@tensorflow/tfjs';
import { adam, baseline, chart, check, parameters } from 'lab';
import { random, show, slider, steps, toArray } from 'lab';
import { labels, patches, testLabels, testPatches } from './digits';
import { gateCost, vitCost } from './mechanism';
import { d, h, initial, logits } from './networks';

const training = slider('training', {
  label: 'training steps',
  min: 16,
  max: 320,
  value: 32,
  step: 16,
});

export const net = parameters(initial);

/** Test accuracy of the plain MLP, the ViT block, the Activator. */
function accuracy(count: number) {
  const scores = logits(testPatches.slice(0, count), net.values());
  const truth = testLabels.slice(0, count);
  return toArray<number[]>(scores.argMax(2).equal(truth).mean(1));
}
const course = chart('course', {
  title: 'Test accuracy as training goes on',
  over: 'step',
  x: { label: 'training steps' },
  y: { label: 'test accuracy (%)', percent: true },
  lines: {
    plain: { label: 'plain MLP', as: 'series 1' },
    vit: baseline('ViT block'),
    ours: 'Activator',
  },
});
async function look(step: number, count: number) {
  const [plain, vit, ours] = await accuracy(count);
  course.add({ step, plain, vit, ours });
}

// One loss for the three: each has weights of its own.
const batch = 96;
const optimiser = adam(net, { rate: 0.02 });
for await (const step of steps(training, 'training')) {
  if (step % (training / 4) === 0) await look(step, 300);
  const which = random.integers([batch], 0, 2000).toInt();
  const x = patches.gather(which);
  const truth = tf.oneHot(labels.gather(which).toInt(), 10);
  await optimiser.step((w) => {
    const scores = logits(x, w);
    const logProb = scores.sub(tf.logSumExp(scores, -1, true));
    return logProb.mul(truth).sum().div(-batch);
  });
}
await look(training, 1000);

const { plain, vit, ours } = course.last;
show('parameters, and multiply-adds for a patch of 16 or 1,024', [
  {
    block: 'plain MLP',
    size: 2 * d * 96,
    'of 16': 2 * d * 96,
    'of 1,024': 2 * d * 96,
  },
  {
    block: 'ViT block',
    size: 4 * d ** 2 + 2 * d * h,
    'of 16': vitCost(d, h, 16),
    'of 1,024': vitCost(d, h, 1024),
  },
  {
    block: 'Activator',
    size: 3 * d * h,
    'of 16': gateCost(d, h),
    'of 1,024': gateCost(d, h),
  },
]);

check('lead over a plain MLP of as many parameters', ours - plain, {
  above: 0.08,
  because: 'formula (2): one branch multiplies the other',
  breaks: { branches: 'added' },
});
check('lead over the ViT block', ours - vit, {
  above: -0.05,
  because: 'a product lets the place of a patch weigh its content',
  breaks: { branches: 'added' },
});
