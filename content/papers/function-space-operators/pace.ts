import * as tf from '@tensorflow/tfjs';
import { chart, check, theory, toNumber } from 'lab';
import { tests } from './experiment';
import { time } from './fields';
import type { Field } from './mechanism';
import { lines, ours, theirs } from './rollout';
import { after } from './training';

type T = tf.Tensor;

// How far the longest wave goes in one step, as a share of the way
// that the wind goes: from the angle by which its phase turns.
async function pace(n: number, step: (u: Field) => T) {
  const u = after(tests, n, 0);
  const turn = (2 * Math.PI) / n;
  const x = tf.range(0, n).expandDims(1).mul(turn);
  const parts = (field: T) => {
    const values = field.reshape([-1, n]);
    return [tf.matMul(values, x.cos()), tf.matMul(values, x.sin())];
  };
  const [[a, b], [c, d]] = [parts(u), parts(step(u))];
  const turned = await toNumber(a.mul(d).sub(b.mul(c)).sum());
  const kept = await toNumber(a.mul(c).add(b.mul(d)).sum());
  return Math.atan2(turned, kept) / (2 * Math.PI * time);
}
const paces = chart('pace', {
  title: 'How far a wave goes in one step, way of the wind = 1',
  over: 'n',
  x: {
    type: 'log',
    label: 'grid points n',
    ticks: [32, 64, 128, 256],
    tickFormat: 'd',
  },
  y: {
    type: 'log',
    label: 'way in one step',
    ticks: [0.125, 0.25, 0.5, 1],
    tickFormat: '.3~g',
  },
  lines: { law: theory('32/n'), ...lines },
});
for (const n of [32, 64, 128, 256]) {
  paces.add({
    n,
    law: 32 / n,
    theirs: await pace(n, theirs(n)),
    ours: await pace(n, ours(n)),
  });
}
const slower = paces.at(64).theirs / paces.at(32).theirs;
check(
  'way of a wave with the CNN on 64 points, on 32 = 1',
  slower,
  {
    near: 0.5,
    within: 0.1,
    because: 'to taps, twice the points are a circle twice as long',
    breaks: { cnn: 'is interpolated' },
  },
);
