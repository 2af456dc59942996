import * as tf from '@tensorflow/tfjs';
import { chart, check, linalg, slider, steps, toNumber } from 'lab';
import { logDelta, test, x, y } from './islands';
import { logits, reader } from './kernel';
import { ntk, vote } from './mechanism';

const gramDepth = slider('gramDepth', {
  label: 'deepest network solved, layers',
  min: 5,
  max: 120,
  step: 5,
  value: 40,
});

// The network itself, formula (3): a 300 × 300 system to solve.
const c2 = [0, 0.5, 0, 0.5];
const [points, labels] = [
  x.slice([0, 0], [300, 3]),
  y.slice([0], [300]).expandDims(1),
];
const gram = reader(logDelta(points, points));
const cross = reader(logDelta(test, points));
const diagonal = tf.eye(300);
const compared = chart('regression', {
  title: 'Regression with the Gram matrix becomes a plain vote',
  over: 'depth',
  x: { label: 'layers L' },
  y: {
    label: 'share of the square where they agree, %',
    percent: true,
  },
  lines: { agree: 'regression and vote' },
});
const depths = [2, 5, 10, 20, 40, 80, 120];
const below = depths.filter((depth) => depth <= gramDepth);
for await (const depth of steps(below, 'layers')) {
  const [table] = ntk(logits, [c2], depth).logNtk.unstack();
  // K(1) = 1 + B′ + … + B′ᴸ with B′ = 2, on the diagonal.
  const own = Math.log(2 ** (depth + 1) - 1);
  const K = gram(table).sub(own).exp();
  const known = K.mul(tf.sub(1, diagonal)).add(
    diagonal.mul(1 + 1e-5),
  );
  const weights = await linalg.solve(known, labels);
  const kernel = cross(table).sub(own);
  const solved = tf.matMul(kernel.exp(), tf.tensor2d(weights));
  const voted = vote(kernel, labels);
  const agree = solved.mul(voted).greater(0).mean();
  compared.add({ depth, agree: await toNumber(agree) });
}
const disagree = 1 - compared.last.agree;
check('share of the square where regression is no vote', disagree, {
  below: 0.02,
  because: 'K grows as B′ᴸ on its diagonal, and slower beside it',
  breaks: { gramDepth: 5 },
});
