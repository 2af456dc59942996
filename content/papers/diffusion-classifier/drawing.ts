import * as tf from '@tensorflow/tfjs';
import { images, random, show, steps, toArray } from 'lab';
import { block, noiseStep } from './choice';
import { cleaned, denoise, noisy } from './mechanism';
import { chosen, codeOf, kept, train } from './networks';
import { labelled, learn } from './probe';

type T = tf.Tensor;

// From noise to digits: 25 steps of formula (5), ten at once.
let x: T = random.normal([10, 196]);
let drawn: T = x;
for await (const i of steps(25, 'noise steps')) {
  const [t, next] = [999 - 40 * i, 959 - 40 * i];
  const found = denoise(x, codeOf([t]), chosen).noise;
  const clean = cleaned(x, found, kept[t]).clipByValue(-1, 1);
  const left = Math.sqrt(1 - kept[t]);
  const noise = x.sub(clean.mul(Math.sqrt(kept[t]))).div(left);
  tf.dispose([x, drawn]);
  drawn = tf.keep(clean);
  x = tf.keep(noisy(clean, noise, next < 0 ? 1 : kept[next]));
}

// The same network reads what it drew, as it reads other digits.
const features = (x: T) => {
  const noise = random.normal(x.shape);
  const code = codeOf([noiseStep]);
  const noised = noisy(x, noise, kept[noiseStep]);
  return denoise(noised, code, chosen).blocks[block - 1].expandDims(
    0,
  );
};
const read = await learn(features(labelled));
const scores = read(features(drawn)).squeeze([0]) as T;
const told = await toArray<number[]>(scores.argMax(1));
const similar = tf.matMul(drawn, train.x, false, true).mul(2);
const near = train.x.square().sum(1).sub(similar).argMin(1);
const square = (x: T) => x.reshape([10, 14, 14]);
const real = train.x.gather(near);
const rows = {
  'drawn, and read as the digit below': square(drawn),
  'the nearest of 5,000 real digits': square(real),
};
show(
  'drawn',
  await images(rows, {
    title:
      'Ten drawings, unpicked, and how their network reads them',
    columns: told.map(String),
    range: [-1, 1],
  }),
);
tf.dispose([x, drawn]);
