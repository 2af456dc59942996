import * as tf from '@tensorflow/tfjs';
import { adam, batches, chart, nn, parameters, random } from 'lab';
import { select, slider, steps, toArray, toNumber } from 'lab';
import { blackBox, groupPenalty, type Weights } from './mechanism';

export const d = select('features', {
  label: 'features',
  options: [50, 200, 500],
  value: 200,
});
export const noise = slider('noise', {
  label: 'labels turned round, share',
  min: 0,
  max: 0.3,
  value: 0.2,
  step: 0.05,
});
const rho = slider('rho', {
  label: 'group penalty ρ',
  min: 0,
  max: 0.02,
  value: 0.01,
  step: 0.005,
});

// Four features, in random places, decide. The others say nothing.
export const planted = random.choice(
  Array.from({ length: d }, (_, i) => i),
  4,
);
export const train = await draw(3000);
export const test = await draw(1000);
export const told = train.truth.map((y) =>
  random.number() < noise ? 1 - y : y,
);

async function draw(n: number) {
  const x = random.normal([n, d]);
  const [a, b, c, e] = tf.unstack(tf.gather(x, planted, 1), 1);
  const bent = (x: tf.Tensor, gain: number) =>
    x.mul(1.5).tanh().mul(gain);
  const z = bent(a, 2).sub(bent(b, 1.6)).add(c.mul(1.3)).sub(e);
  const truth = await toArray<number[]>(z.greater(0).toFloat());
  return { x, truth };
}

const net = parameters<Weights>({
  w1: random.normal([d, 64], 0, 1 / Math.sqrt(d)),
  b1: tf.zeros([64]),
  w2: nn.he([64, 32]),
  b2: tf.zeros([32]),
  w3: random.normal([32, 1], 0, 0.1),
  b3: tf.zeros([1]),
});
const optimiser = adam(net, { rate: 3e-3 });
const taken = batches({ x: train.x, y: tf.tensor1d(told) }, 128);
const training = chart('loss', {
  title: 'The black box learns labels of which some are wrong',
  over: 'step',
  x: { label: 'update' },
  y: { label: 'loss' },
  lines: { loss: { dots: false } },
});
for await (const step of steps(300, 'training the box')) {
  const { x, y } = taken.next().value;
  const loss = await optimiser.step((w) => {
    const f = blackBox(x, w);
    // Logistic loss: ln(1 + eᶠ) − y f.
    const logistic = f.softplus().sub(y.mul(f)).mean();
    return logistic.add(groupPenalty(w.w1, rho));
  });
  if (step % 10 === 0)
    training.add({ step, loss: await toNumber(loss) });
}
export const weights = net.values();

/** The box's probability for each row, [n]. */
export const probability = (x: tf.Tensor) =>
  blackBox(x, weights).sigmoid();
