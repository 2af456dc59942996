import * as tf from '@tensorflow/tfjs';
import { baseline, broken, chart, check, images, mean } from 'lab';
import { scrub, slider, steps, toArray } from 'lab';
import { count, largest, numExamples, seenInTest } from './digits';
import { testLabels } from './digits';
import { past, shift } from './experiment';
import { mistakes } from './networks';

const distance = slider('distance', {
  label: 'shift of the test, pixels',
  min: 0,
  max: 4,
  value: 2,
  step: 1,
});

// Sixty digits at each of 9 × 9 places.
const reach = [-4, -3, -2, -1, 0, 1, 2, 3, 4];
const numAsked = 60;
const nine = (x: tf.Tensor) => tf.tile(x, [9]);
const which = nine(tf.range(0, numAsked, 1, 'int32'));
const truth = nine(testLabels.slice(0, numAsked));
const across = tf.tensor2d(reach, [9, 1], 'int32');
const dx = tf.tile(across, [1, numAsked]).flatten();

/** Share of errors, by network, dy and dx: [13, 9, 9]. */
function errorMap(values: (typeof past)[number]['values']) {
  const row = (dy: number) => {
    const x = seenInTest(which, dx, tf.onesLike(dx).mul(dy));
    const wrong = mistakes(x, truth, values);
    return wrong.reshape([count, 9, numAsked]).mean(2);
  };
  return tf.stack(
    reach.map((dy) => tf.tidy(() => row(dy))),
    1,
  );
}

const looks = past.filter(
  (_, i) => (past.length - 1 - i) % 3 === 0,
);
const frames = [];
let error: number[][][] = [];
for await (const { step, values } of steps(looks, 'moving')) {
  const map = errorMap(values);
  error = await toArray<number[][][]>(map);
  const right = tf.sub(1, map);
  const output = await images(
    {
      'never moved': right.slice([0], [4]),
      moved: right.slice([4], [4]),
      waves: right.slice([8], [4]),
    },
    {
      title: 'Share of digits read, by how far they are moved',
      columns: numExamples.map((n) => `N = ${n}`),
      range: [0.1, 1],
      inks: {
        'never moved': 'broken',
        moved: 'mechanism',
        waves: 'baseline',
      },
    },
  );
  frames.push({ at: step, output });
}
scrub('known', frames, 'step');

// The error by distance: the mean over a square of places.
function ring(network: keyof typeof largest, far: number) {
  const map = error[largest[network]];
  const at = map.flatMap((row, i) =>
    row.filter((_, j) => {
      const moved = [Math.abs(reach[i]), Math.abs(reach[j])];
      return Math.max(...moved) === far;
    }),
  );
  return mean(at);
}
const byDistance = chart('distance', {
  title: 'How far a network with 4,000 digits can follow',
  over: 'far',
  x: {
    label: 'pixels moved (dashed: the most in training)',
    ticks: [0, 1, 2, 3, 4],
  },
  y: { label: 'test error (%)', percent: true, domain: [0, 100] },
  bounds: [{ x: shift }],
  lines: {
    plain: broken('never moved'),
    waves: baseline('waves'),
    moved: 'moved',
  },
});
for (const far of reach.slice(4))
  byDistance.add({
    far,
    plain: ring('plain', far),
    waves: ring('waves', far),
    moved: ring('moved', far),
  });

const { plain, moved } = byDistance.at(distance);
check('error on moved digits, never moved in training', plain, {
  above: 0.6,
  because: 'to this network, a moved digit is a new set of pixels',
  breaks: { distance: 0 },
});
check(
  'error that moving the training digits removes',
  plain - moved,
  {
    above: 0.3,
    because: 'formula (4): what a shift must not change is shown',
    breaks: { moves: 'its scrambled pixels' },
  },
);
const edge = ring('moved', shift + 1) - ring('moved', shift);
check('error added by one pixel more than in training', edge, {
  above: 0.15,
  because: 'the shifts that were shown are learnt, not shifting',
  breaks: { moves: 'its scrambled pixels' },
});
