import * as tf from '@tensorflow/tfjs';
import { bound, check, ink, Plot, random, show } from 'lab';
import { toArray, toNumber, variant } from 'lab';
import { epsilon } from './invariance';
import { layerNorm, statistics } from './mechanism';

type T = tf.Tensor;

/** Layer norm whose μ and σ count as constants going back. */
function heldConstant(a: T, gain: T, bias: T, epsilon: number) {
  const normal = tf.customGrad((x, save) => {
    const { mean, std } = statistics(x as T, -1, epsilon);
    (save as tf.GradSaveFunc)([std]);
    const gradFunc = (delta: T, [std]: T[]) => delta.div(std);
    return { value: (x as T).sub(mean).div(std), gradFunc };
  });
  return normal(a).mul(gain).add(bias);
}
const kinds = {
  'with μ and σ': layerNorm,
  'μ and σ held': heldConstant,
};
export const norm = variant('backward', kinds, {
  label: 'gradient',
});
export const colour =
  norm === layerNorm ? ink.mechanism : ink.broken;

// Some loss of a layer: a random direction through tanh.
const x = random.normal([64, 32]);
const small = random.normal([32, 48], 0, 0.02);
const gain = random.uniform([48], 0.5, 1.5);
const bias = random.normal([48]);
const direction = random.normal([64, 48]);
const loss = (a: T) =>
  norm(a, gain, bias, epsilon).tanh().mul(direction).sum();

// Angles in degrees to what the layer ignores: 1 and â.
const preact = tf.matMul(x, small);
const slope = tf.grad(loss)(preact);
const { mean, std } = statistics(preact, -1, epsilon);
const normal = preact.sub(mean).div(std);
const length = (t: T) => t.norm('euclidean', -1);
const cosine = (t: T) =>
  slope
    .mul(t)
    .sum(-1)
    .div(length(slope).mul(length(t)));
const degrees = async (t: T) =>
  (await toArray(cosine(t))).map(
    (c) => (180 / Math.PI) * Math.acos(c),
  );
const toOnes = await degrees(tf.onesLike(slope));
const toNormal = await degrees(normal);
const dots = (angles: number[], to: string) =>
  angles.map((angle) => ({ angle, to }));
show(
  'angles',
  Plot.plot({
    title: 'Angles of the gradient to 1 and to â, of 64 cases',
    x: { label: 'degrees', domain: [60, 120] },
    y: { label: null, domain: ['to 1', 'to â'] },
    height: 130,
    marks: [
      bound({ x: 90, label: 'right angle' }),
      Plot.dot(
        [...dots(toOnes, 'to 1'), ...dots(toNormal, 'to â')],
        { x: 'angle', y: 'to', stroke: colour },
      ),
    ],
  }),
);
const off = [...toOnes, ...toNormal].map((a) => Math.abs(a - 90));
const angle = 90 - Math.max(...off);
check(
  'smallest angle of the gradient to 1 and â, in degrees',
  angle,
  {
    near: 90,
    within: 0.1,
    because: 'formula (5) takes both directions out',
    breaks: { backward: 'μ and σ held' },
  },
);

const pull = (scale: number) => {
  const ofWeights = (w: T) => loss(tf.matMul(x, w)) as tf.Scalar;
  return toNumber(tf.grad(ofWeights)(small.mul(scale)).norm());
};
const ratio = (await pull(1)) / (await pull(10));
check('gradient at W, as a multiple of that at 10 W', ratio, {
  near: 10,
  within: 0.1,
  because: 'the same function, with 1/σ in formula (5)',
  breaks: { epsilon: 0.01 },
});
