import * as tf from '@tensorflow/tfjs';
import { adam, baseline, broken, chart, check } from 'lab';
import { nn, parameters, random, slider, steps } from 'lab';
import { toNumber, variant } from 'lab';
import { crossEntropy, featuresOf, hingePull } from './mechanism';
import { type Net, scoresOf, softmaxPull } from './mechanism';
import { squaredHinge, stopGradient } from './mechanism';
import { forward, signs, start, test } from './networks';
import { testPatches, trainPatches } from './networks';

type T = tf.Tensor;

const losses = {
  'squared hinge': squaredHinge,
  'cross-entropy': crossEntropy,
};
const headLoss = variant('headLoss', losses, {
  label: 'loss of the SVM network',
});
const onwards = (x: T) => x;
const ways = {
  'through the network': onwards,
  'no further than the head': stopGradient,
};
const flow = variant('flow', ways, { label: 'its gradient goes' });
const numSteps = slider('steps', {
  label: 'training steps',
  min: 50,
  max: 300,
  value: 100,
  step: 50,
});

export const isHinge = headLoss === squaredHinge;
const pull = isHinge ? hingePull : softmaxPull;
/** The pulls [2000, 10] of both heads on the training images. */
export function pulls(net: Net) {
  const [svm, softmax] = forward(trainPatches, net).unstack();
  return {
    svm: pull(svm, signs),
    softmax: softmaxPull(softmax, signs),
  };
}

const awake = chart('awake', {
  title: 'Scores that still get a gradient',
  over: 'step',
  x: { label: 'training step' },
  y: {
    label: 'of 2,000 images × 10 scores, %',
    percent: true,
    domain: [0, 100],
  },
  lines: {
    softmax: baseline('softmax'),
    svm: isHinge ? 'SVM' : broken('SVM'),
  },
});
const share = (x: T) => toNumber(x.notEqual(0).mean());
async function look(step: number) {
  const { svm, softmax } = pulls(both.values());
  awake.add({
    step,
    svm: await share(svm),
    softmax: await share(softmax),
  });
}

// C = 1; the same batches and the same ridge for both networks.
const ridge = 0.001;
const both = parameters(start);
const optimiser = adam(both, { rate: 0.004 });
for await (const step of steps(numSteps, 'training')) {
  if (step % 10 === 0) await look(step);
  const rows = random.integers([200], 0, 2000);
  const x = trainPatches.gather(rows);
  const y = signs.gather(rows);
  await optimiser.step((net) => {
    const [svmX, softmaxX] = featuresOf(x, net).unstack();
    const features = tf.stack([flow(svmX), softmaxX]);
    const scores = scoresOf(features, net.headW, net.headB);
    const [svm, softmax] = scores.unstack();
    const loss = headLoss(svm, y).add(crossEntropy(softmax, y));
    const length = net.headW.square().sum();
    return loss.add(length.mul(ridge / 2));
  });
}
export const net = both.values();
await look(numSteps);

const asleep = awake.last.softmax - awake.last.svm;
check('scores that only the softmax still pulls on', asleep, {
  above: 0.6,
  because: 'formula (3) is zero past the margin, (5) nowhere',
  breaks: { headLoss: 'cross-entropy' },
});

const [svm, softmax] = forward(testPatches, net).unstack();
/** The SVM network's scores of the test images, [1000, 10]. */
export const scores = svm;
const right = (scores: T) => toNumber(nn.accuracy(scores, test.y));
const lead = (await right(svm)) - (await right(softmax));
check('test accuracy of the SVM, less that of the softmax', lead, {
  above: -0.06,
  because: 'the paper finds the SVM 0.2 to 1.1 points behind',
  breaks: { flow: 'no further than the head' },
});
