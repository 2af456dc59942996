import * as tf from '@tensorflow/tfjs';
import { adam, baseline, broken, chart, data, nn } from 'lab';
import { parameters, random, slider, steps, toArray } from 'lab';
import { classError, dataToPrototypes } from './mechanism';
import { objective, prototypesToData } from './mechanism';
import { reconstructionError, scores, spread } from './mechanism';
import { squaredDistances } from './mechanism';

type T = tf.Tensor;

const weight = { min: 0, max: 4, value: 1, step: 0.25 };
const lambdaClass = slider('lambdaClass', {
  label: 'λc, right class',
  min: 0,
  max: 40,
  value: 20,
  step: 1,
});
const lambdaAE = slider('lambdaAE', {
  label: 'λ, reconstruction',
  ...weight,
});
const lambda1 = slider('lambda1', {
  label: 'λ₁, prototypes to data',
  ...weight,
});
const lambda2 = slider('lambda2', {
  label: 'λ₂, data to prototypes',
  ...weight,
});
export const m = slider('m', {
  label: 'prototypes m',
  min: 10,
  max: 30,
  value: 15,
  step: 5,
});

const sizes = { size: 14, train: 2000, test: 1000 } as const;
const digits = await data.mnist({ ...sizes, flat: true });
export const { train, test } = digits;
const labels = tf.oneHot(train.y, 10).cast('float32');

// Three networks from one start, trained on the same batches.
const thrice = (x: T) => tf.stack([x, x, x]);
const net = parameters({
  w1: thrice(nn.he([196, 96])),
  w2: thrice(nn.he([96, 12], 0.7)),
  w3: thrice(nn.he([12, 96])),
  w4: thrice(nn.he([96, 196], 0.7)),
  bias: tf.fill([3, 1, 196], -1),
  prototypes: thrice(random.normal([m, 12])),
  classWeights: thrice(random.uniform([m, 10], -0.1, 0)),
});
type Net = ReturnType<typeof net.values>;

/** f: images [.., n, 196] → codes [3, n, 12]. */
export function encode(image: T, { w1, w2 }: Net) {
  return tf.matMul(tf.matMul(image, w1).relu(), w2);
}
/** g: codes [3, n, 12] → images [3, n, 196]. */
export function decode(codes: T, { w3, w4, bias }: Net) {
  const hidden = tf.matMul(codes, w3).relu();
  return tf.matMul(hidden, w4).add(bias).sigmoid();
}

// How far apart are prototypes and data? Two images are 1 apart.
const course = chart('course', {
  title: 'From a prototype to the training image nearest to it',
  over: 'step',
  x: { label: 'training step' },
  y: { type: 'log', label: 'squared distance, two images = 1' },
  lines: {
    bare: baseline('class only'),
    without: broken('without R₁, R₂'),
    ours: 'this paper',
  },
});
async function record(step: number) {
  const now = net.values();
  const codes = encode(train.x, now);
  const apart = squaredDistances(codes, now.prototypes);
  const share = prototypesToData(apart).div(spread(codes));
  const [ours, without, bare] = await toArray<number[]>(share);
  course.add({ step, ours, without, bare });
}

// λ of this paper; without R₁ and R₂; of the class error alone.
const lambdas = [
  [lambdaClass, 20, 20],
  [lambdaAE, 1, 0],
  [lambda1, 0, 0],
  [lambda2, 0, 0],
].map((each) => tf.tensor1d(each));
const optimiser = adam(net, { rate: 8e-3 });
for await (const step of steps(100, 'training three networks')) {
  if ([0, 5, 10, 20, 40, 70].includes(step)) await record(step);
  const batch = random.integers([250], 0, 2000).toInt();
  const [image, truth] = [train.x, labels].map((x) =>
    x.gather(batch),
  );
  await optimiser.step((now) => {
    const codes = encode(image, now);
    const distances = squaredDistances(codes, now.prototypes);
    const terms = [
      classError(scores(distances, now.classWeights), truth),
      reconstructionError(decode(codes, now), image),
      prototypesToData(distances),
      dataToPrototypes(distances),
    ];
    return objective(terms, lambdas);
  });
}
await record(100);
export const end = net.values();
