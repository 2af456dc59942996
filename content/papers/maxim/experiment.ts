import type * as tf from '@tensorflow/tfjs';
import { images, select, show } from 'lab';
import { clean, damaged, names, psnr, restored } from './networks';

const kind = select('damage', {
  label: 'damage',
  options: ['tiles and haze', 'tiles', 'haze'],
}) as keyof typeof damaged;

const x = damaged[kind];
const pictures: Record<string, tf.Tensor> = { clean, damaged: x };
const labels = {
  block: 'blocks only',
  grid: 'grid only',
  both: 'both axes',
};
for (const name of names) {
  const found = restored(x, name);
  const dB = (await psnr(found)).toFixed(1);
  pictures[`${labels[name]}, ${dB} dB`] = found;
}
const five = Object.entries(pictures).map(([name, x]) => [
  name,
  x.slice([0], [5]),
]);
show(
  'restored',
  await images(Object.fromEntries(five), {
    title: 'Five digits, and what three networks make of them',
    range: [0, 1],
  }),
);
