import * as tf from '@tensorflow/tfjs';
import { check, images, show, toArray } from 'lab';
import { dataToPrototypes, prototypesToData } from './mechanism';
import { spread, squaredDistances } from './mechanism';
import { decode, encode, end, m, train } from './networks';

type T = tf.Tensor;

const codes = encode(train.x, end);
const distances = squaredDistances(codes, end.prototypes);
const drawn = decode(end.prototypes, end);

// Most of the nine training images nearest by show which digit?
export function majority(distances: T) {
  const near = tf.topk(distances.neg(), 9).indices.flatten();
  const digits = train.y.gather(near.toInt()).toInt();
  const votes = tf.oneHot(digits, 10).reshape([-1, m, 9, 10]);
  return votes.sum(2).argMax(-1);
}
/** The digit that each prototype stands for, [3, m]. */
export const standsFor = majority(distances.transpose([0, 2, 1]));

// Pictures by that digit, five to a line: [m, 196] to a sheet.
const digits = await toArray<number[][]>(standsFor);
export function sortedBy(values: number[]) {
  const places = values.map((_, j) => j);
  return places.sort((i, j) => values[i] - values[j]);
}
export const byDigit = digits.map(sortedBy);
export function sheet(pictures: T, order: number[]) {
  return pictures
    .gather(order)
    .reshape([m / 5, 5, 14, 14])
    .pad([
      [0, 0],
      [0, 0],
      [1, 1],
      [1, 1],
    ])
    .transpose([0, 2, 1, 3])
    .reshape([(m / 5) * 16, 80]);
}
const nearest = distances.argMin(1).flatten().toInt();
const beside = train.x.gather(nearest).reshape([3, m, 196]);
const sheets = (net: number) =>
  tf.stack(
    [drawn, beside].map((pictures) =>
      sheet(pictures.gather(net), byDigit[net]),
    ),
  );
export const names = [
  'this paper',
  'without R₁, R₂',
  'class only',
] as const;
show(
  'prototypes',
  await images(
    Object.fromEntries(names.map((name, i) => [name, sheets(i)])),
    {
      title: `${m} prototypes of each network, and their neighbours`,
      columns: ['prototypes, drawn', 'nearest training images'],
      range: [0, 1],
      inks: {
        [names[0]]: 'mechanism',
        [names[1]]: 'broken',
        [names[2]]: 'baseline',
      },
    },
  ),
);

const ours = async (x: T) => (await toArray<number[]>(x))[0];
const scale = spread(codes);
check(
  'from a prototype to its nearest image, two images = 1',
  await ours(prototypesToData(distances).div(scale)),
  {
    below: 0.06,
    because: 'R₁ pulls each prototype onto an example',
    breaks: { lambda1: 0 },
  },
);
check(
  'from an image to its nearest prototype, two images = 1',
  await ours(dataToPrototypes(distances).div(scale)),
  {
    below: 0.21,
    because: 'R₂ pulls each example onto a prototype',
    breaks: { lambda1: 0, lambda2: 0 },
  },
);

// Two readers of the drawings: their nearest images in pixels ...
const byPixels = majority(squaredDistances(drawn, train.x));
const alike = byPixels.equal(standsFor).mean(-1);
check(
  'drawings that look like what they stand for',
  await ours(alike),
  {
    above: 0.55,
    because:
      'close to data, the decoder is on ground it was taught',
    breaks: { lambda1: 0, lambda2: 0 },
  },
);
// ... and the network, which is shown what it drew itself.
const again = squaredDistances(encode(drawn, end), end.prototypes);
const own = tf.range(0, m, 1, 'int32');
const found = again.argMin(-1).equal(own).mean(-1);
check('drawings taken for the prototype drawn', await ours(found), {
  above: 0.75,
  because: 'R makes encoder and decoder undo each other',
  breaks: { lambdaAE: 0 },
});
