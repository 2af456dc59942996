import * as tf from '@tensorflow/tfjs';
import { adam, baseline, chart, parameters, random } from 'lab';
import { select, slider, steps, toArray } from 'lab';
import { concepts, draw, trainDigits } from './concepts';
import { extract, fewNodes, newFewNodes } from './knowledge';
import { newNodes, nodes } from './knowledge';
import { accuracies, correlation, modelVector } from './mechanism';
import { queryVector, score, standardise } from './mechanism';
import { newZoo, rates, type Zoo, zoo } from './zoo';

type T = tf.Tensor;
const training = slider('training', {
  label: 'training steps',
  min: 0,
  max: 160,
  value: 100,
  step: 20,
});
const start = select('start', {
  label: 'towers start',
  options: ['at random', 'as identities'],
});

// Three systems in one stack, by what they know of a class: its
// representative, the same from 15 probes, its readout weights.
const weights = ({ readout }: Zoo) => readout.transpose([0, 2, 1]);
const known = [nodes, fewNodes, weights(zoo)];
const news = [newNodes, newFewNodes, weights(newZoo)];
export const own = tf.stack(known.map((n) => standardise(n, n)));
export const newOwn = tf.stack(
  news.map((n, i) => standardise(n, known[i])),
);

/** A task with `count` of its concepts replaced by others. */
export function replace(task: number[], count: number) {
  const free = concepts.filter((c) => !task.includes(c));
  const others = random.choice(free, count);
  const places = random.choice([0, 1, 2, 3], count);
  return task.map((c, k) => others[places.indexOf(k)] ?? c);
}
/** c for each system, from images of Q users: [3, Q, 4, 48]. */
export const classMeans = (x: T, users: number) =>
  extract(x)
    .reshape([1, users, 4, -1, 48])
    .mean(3)
    .tile([3, 1, 1, 1]);

// 768 users in 16 batches. Half of them ask for a task as it
// stands, the others for one with a concept or two replaced.
const size = 48;
const asked = Array.from({ length: 16 * size }, (_, i) => {
  const [task] = random.choice(zoo.tasks);
  return replace(task, [0, 1, 0, 2][i % 4]);
});
const shown = draw(asked.flat(), 5, trainDigits.users);
const means = classMeans(shown, asked.length);
const truth = accuracies(rates, asked);

const square = () =>
  start === 'at random'
    ? random.normal([3, 48, 48], 0, 1 / Math.sqrt(48))
    : tf.eye(48).expandDims(0).tile([3, 1, 1]);
const net = parameters({
  A: square(),
  B: square(),
  b: tf.zeros([3, 1, 48]),
});
const course = chart('course', {
  title: 'How well scores follow accuracies, in training',
  over: 'step',
  x: { label: 'training step' },
  y: { label: 'correlation over 180 models', domain: [-0.2, 1] },
  lines: {
    weights: baseline('weights'),
    few: { label: '15 probes', as: 'series 1' },
    probes: 'Know2Vec',
  },
});
const rate = 0.01;
const optimiser = adam(net, { rate });
for await (const step of steps(training, 'training')) {
  const turn = (Math.PI * step) / training;
  optimiser.rate = (rate / 2) * (1 + Math.cos(turn));
  const at = (step % 16) * size;
  const c = means.slice([0, at], [3, size]);
  const y = truth.slice([at], [size]);
  let agreed: T | undefined;
  await optimiser.step(({ A, B, b }) => {
    const s = score(modelVector(own, A), queryVector(c, B, b));
    agreed = tf.keep(correlation(s, y).mean(1));
    return agreed.sum().neg(); // formula (7), for each system
  });
  if (step % 10 === 0) {
    const [probes, few, weights] = await toArray<number[]>(agreed!);
    course.add({ step, probes, few, weights });
  }
  agreed!.dispose();
}
export const { A, B, b } = net.values();
