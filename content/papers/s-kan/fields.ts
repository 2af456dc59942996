import * as tf from '@tensorflow/tfjs';
import { images, show } from 'lab';
import { columnsOf, numberOf, solved } from './choices';
import { kept } from './experiment';
import { basisOf, spaces, targetsAt } from './targets';

// A plane through the cube: two inputs vary, the others stay at 0.
const side = 16;
const along = tf.linspace(-1, 1, side);
const [across, down] = tf.meshgrid(along, along);
const zero = tf.zerosLike(across);
const points = tf.stack([across, down, zero, zero], -1);
const basis = basisOf(points.reshape([side * side, 4]));
const columns = columnsOf(basis);

// Three of the targets: Fourier, wavelet and mixed.
const shown = [2, 3, 4];
/** Their pictures: [side², 5] → [3, side, side]. */
const pictures = (values: tf.Tensor) =>
  values.transpose().gather(shown).reshape([3, side, side]);
/** Target t as the network of number c draws it. */
function drawnBy(numbers: number[]) {
  const each = numbers.map((c, t) => solved.gather(c).gather(t, 1));
  return pictures(tf.matMul(columns, tf.stack(each, 1)));
}
const same = (m: number) => Array(5).fill(numberOf([m, m, m, m]));
const singles = spaces.map((space, m) => {
  return [`${space} KAN`, drawnBy(same(m))];
});
const rows = {
  'the target': pictures(targetsAt(basis)),
  'S-KAN': drawnBy(kept.map(numberOf)),
  ...Object.fromEntries(singles),
};
show(
  'fields',
  await images(rows, {
    title:
      'Three targets over two inputs, as each network draws them',
    columns: ['Fourier', 'wavelet', 'mixed'],
    palette: 'diverging',
    range: [-2, 2],
    inks: { 'S-KAN': 'mechanism' },
  }),
);
