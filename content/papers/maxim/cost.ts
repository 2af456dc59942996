import * as tf from '@tensorflow/tfjs';
import { baseline, chart, check, select, slope, theory } from 'lab';
import { mixingCost, partition } from './mechanism';

const growing = select('growing', {
  label: 'in a larger picture',
  options: ['more blocks and cells', 'larger blocks and cells'],
});
const sizeAt = (side: number) =>
  growing === 'more blocks and cells' ? 4 : side / 4;

/** Multiplications that gates do, counted on the partitions: each of
 *  the `size²` places of a group takes from all of them. */
function counted(side: number) {
  const x = tf.zeros([1, side, side, 1]);
  const size = sizeAt(side);
  const each = (['block', 'grid'] as const).map((axis) => {
    const [places, groups] = partition(x, size, axis).shape;
    return groups! * places * places;
  });
  return each[0] + each[1];
}

const sides = [16, 32, 64, 128];
const rows = sides.map((side) => ({
  pixels: side ** 2,
  one: side ** 4,
  law: mixingCost(side ** 2, [4, 4]),
  maxim: counted(side),
}));
chart(
  'cost',
  {
    title: 'What mixing costs as the picture grows',
    over: 'pixels',
    x: {
      type: 'log',
      label: 'pixels',
      ticks: [256, 4096, 16384],
      tickFormat: ',',
    },
    y: {
      type: 'log',
      label: 'multiplications per channel',
      tickFormat: '~s',
    },
    lines: {
      one: baseline('one matrix'),
      law: theory('formula (5)'),
      maxim: { label: 'two axes', dots: 'only' },
    },
  },
  rows,
);

const power = slope(
  rows.map(({ pixels }) => Math.log(pixels)),
  rows.map(({ maxim }) => Math.log(maxim)),
);
check('power of the pixels with which mixing grows', power, {
  near: 1,
  within: 0.05,
  because: 'formula (5): blocks and grid keep their size',
  breaks: { growing: 'larger blocks and cells' },
});
