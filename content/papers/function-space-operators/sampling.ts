import * as tf from '@tensorflow/tfjs';
import { baseline, broken, chart, check, ink, Plot } from 'lab';
import { random, slider, theory, toArray, toNumber } from 'lab';
import { draw, grid, fieldAt } from './fields';
import { useQuadrature } from './layers';
import { attention } from './mechanism';

type T = tf.Tensor;

const crowding = slider('crowding', {
  label: 'crowding of the points',
  min: 0,
  max: 0.95,
  value: 0.9,
  step: 0.05,
});

// A point is known by the value there and by where it is. Queries
// and keys are random maps of the two, the value is the value.
const waves = draw(1);
const valueAt = (x: T) => fieldAt(waves, x).reshape([-1, 1]);
const featuresAt = (x: T) => {
  const place = tf.cos(x.expandDims(1).mul(2 * Math.PI));
  return tf.concat([valueAt(x), place], 1);
};
const maps = {
  query: random.normal([2, 4]),
  key: random.normal([2, 4]),
};
const places = grid(48);
const q = tf.matMul(featuresAt(places), maps.query);

// Points that crowd around ½: x = t + c sin(2πt)/2π for evenly spaced t:
// each stands for a piece Δ = (1 + c cos 2πt)/n of the circle.
function points(n: number) {
  const t = grid(n).add(0.5 / n);
  const turn = t.mul(2 * Math.PI);
  const x = t.add(turn.sin().mul(crowding / (2 * Math.PI)));
  return { x, quadWeights: turn.cos().mul(crowding).add(1).div(n) };
}
function answer(n: number, weighted: boolean) {
  const { x, quadWeights } = points(n);
  const k = tf.matMul(featuresAt(x), maps.key);
  const equal = tf.fill([n], 1 / n);
  const weights = weighted ? quadWeights : equal;
  return attention(q, k, valueAt(x), weights);
}
const limit = answer(2048, true);

const list = (x: T) => toArray(x.reshape([-1]) as tf.Tensor1D);
const even = await list(limit);
const unweighted = await list(answer(64, false));
const weighted = await list(answer(64, useQuadrature));
const rows = even.map((even, i) => {
  const [equal, ours] = [unweighted[i], weighted[i]];
  return { x: i / 48, even, equal, ours };
});
const crowd = (await list(points(64).x)).map((x) => ({ x }));
const stroke = { x: 'x', stroke: ink.muted, strokeOpacity: 0.35 };
const equal = baseline('equal weights');
const ours = useQuadrature
  ? { label: 'weights Δ' }
  : broken('weights off');
chart('answer', {
  title: 'What attention answers, asked at each x',
  over: 'x',
  x: {
    label: 'x; the strokes are the 64 points',
    ticks: [0, 0.25, 0.5, 0.75],
    domain: [0, 1],
  },
  y: { label: 'answer' },
  also: () => Plot.ruleX(crowd, stroke),
  lines: {
    equal: { ...equal, dots: false },
    ours: { ...ours, dots: false },
    even: theory('limit'),
  },
}).add(...rows);

// Less than 1e-4 counts as 1e-4, as before.
async function distance(found: T) {
  const far = found.sub(limit).norm().div(limit.norm());
  return Math.max(1e-4, await toNumber(far));
}
const errors = chart('sampling', {
  title: 'Distance from the limit as points are added',
  over: 'n',
  x: {
    type: 'log',
    label: 'points n',
    ticks: [8, 32, 128, 512],
    tickFormat: 'd',
  },
  y: { type: 'log', label: 'relative distance, at least 1e-4' },
  lines: { equal, ours },
});
for (const n of [8, 16, 32, 64, 128, 256, 512]) {
  const ours = await distance(answer(n, useQuadrature));
  errors.add({ n, equal: await distance(answer(n, false)), ours });
}
check(
  'error of weighted attention on 64 points',
  errors.at(64).ours,
  {
    below: 0.05,
    because:
      'formula (6): both sums are integrals, wherever points lie',
    breaks: { useQuadrature: false },
  },
);
