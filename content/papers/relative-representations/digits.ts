import * as tf from '@tensorflow/tfjs';
import { data, images, random, select, show, slider } from 'lab';
import { toArray } from 'lab';

export const k = slider('anchors', {
  label: 'anchors k',
  min: 2,
  max: 300,
  value: 100,
  step: 1,
  scale: 'log',
});
const choice = select('choice', {
  label: 'anchors are',
  options: [
    'the same for all runs',
    'threes only',
    'others for each',
  ],
});
export const runs = 3;

// Digits of 8 × 8 pixels.
const sizes = { size: 8, train: 3000, test: 1000 } as const;
const normalise = { minus: 0.15, times: 2 };
const options = { ...sizes, normalise, flat: true };
export const { train, test } = await data.mnist(options);

// Anchors are training digits drawn once, the same for all runs.
const labels = await toArray<number[]>(train.y);
const order = random.permutation(3000);
const threes = order.filter((i) => labels[i] === 3);
const pool = choice === 'threes only' ? threes : order;
const apart = choice === 'others for each' ? k : 0;
const chosen = Array.from({ length: runs * k }, (_, i) => {
  const run = Math.floor(i / k);
  return pool[(run * apart + (i % k)) % pool.length];
});
const index = tf.tensor2d(chosen, [runs, k], 'int32');
export const anchors = train.x.gather(index);

const shown = Math.min(k, 10);
const first = anchors.slice([0, 0], [runs, shown]);
const ink = first.div(normalise.times).add(normalise.minus);
const [one, two, three] = ink.reshape([runs, -1, 8, 8]).unstack();
const rows = { 'run 1': one, 'run 2': two, 'run 3': three };
const title = `${shown} of the ${k} anchors of each run`;
show('anchors', await images(rows, { title, range: [0, 1] }));
