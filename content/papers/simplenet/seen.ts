import * as tf from '@tensorflow/tfjs';
import { baseline, broken, chart, check, images } from 'lab';
import { linalg, show, toNumber } from 'lab';
import { designs, lessons, x } from './designs';
import { trained } from './experiment';
import { globalMax, maps } from './mechanism';

type T = tf.Tensor;

// Ridge regression: from 200 digits, the linear map that best
// gives back a picture from what a layer holds of it. It is then
// asked about a hundred others.
const [n, asked] = [200, 100];
const known = lessons.x.slice([0], [n]);
const others = x.slice([0], [asked]);
const all = tf.concat([known, others]);
const pixels = all.reshape([-1, 64]);
const mean = pixels.slice([0], [n]).mean(0);
const target = pixels.slice([0], [n]).sub(mean);
const truth = pixels.slice([n], [asked]).sub(mean);

async function rebuild(map: T) {
  const flat = map.reshape([n + asked, -1]);
  const centred = flat.sub(flat.slice([0], [n]).mean(0));
  const features = centred.slice([0], [n]);
  const overlap = tf.matMul(centred, features, false, true);
  const gram = overlap.slice([0], [n]);
  const size = gram.mul(tf.eye(n)).sum().div(n);
  const ridge = tf.eye(n).mul(size).mul(0.2);
  const solved = await linalg.solve(gram.add(ridge), target);
  return tf.matMul(
    overlap.slice([n], [asked]),
    tf.tensor2d(solved),
  );
}

const digit = 5;
const pictures: Record<string, T> = {};
const lost: number[][] = [];
const labels: string[] = [];
for (const [i, { name, layers, products }] of designs.entries()) {
  const behind = maps(all, layers, trained[i]);
  const drawn = [truth.slice([digit], [1])];
  const shares: number[] = [];
  for (const map of [...behind, globalMax(behind.at(-1)!)]) {
    const guess = await rebuild(map);
    const error = guess.sub(truth).square().sum();
    shares.push(await toNumber(error.div(truth.square().sum())));
    drawn.push(guess.slice([digit], [1]));
  }
  const cost = `${Math.round(products / 1000)}k`;
  const rebuilt = tf.concat(drawn).add(mean);
  labels.push(`${name}, ${cost}`);
  pictures[labels[i]] = rebuilt
    .div(2)
    .add(0.15)
    .reshape([-1, 8, 8]);
  lost.push(shares);
}
const places = ['1', '2', '3', '4', '5', 'max'];
const seen = await images(pictures, {
  title: 'One digit, rebuilt from what each layer still holds',
  columns: ['digit', ...places],
  range: [0, 1],
  inks: {
    [labels[0]]: 'mechanism',
    [labels[1]]: 'baseline',
    [labels[2]]: 'broken',
  },
});
show('seen', seen);

const [ours, falling, early, never] = lost;
const rows = places.map((place, i) => ({
  place,
  ours: ours[i],
  falling: falling[i],
  early: early[i],
  never: never[i],
}));
chart(
  'lost',
  {
    title: 'How much of a picture is lost on the way',
    over: 'place',
    x: { label: 'behind convolution', type: 'point' },
    y: { label: 'lost, %', percent: true, domain: [0, 100] },
    lines: {
      never: { label: 'no pool', as: 'series 2' },
      falling: baseline('falling'),
      early: broken('pool first'),
      ours: designs[0].name,
    },
  },
  rows,
);
check('share of a picture lost behind two convolutions', ours[1], {
  below: 0.2,
  because: 'no pool has thrown anything away yet',
  breaks: { design: 'pool first' },
});
