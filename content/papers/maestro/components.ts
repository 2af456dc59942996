import * as tf from '@tensorflow/tfjs';
import { baseline, chart, check, images, show, theory } from 'lab';
import { linalg, toArray } from 'lab';
import { digits, factors, full, pca } from './linear';
import { type Factors, prefixes } from './mechanism';

type T = tf.Tensor;

/** ‖(W − W_b)Σ^½‖² of every b. */
function errors(factors: Factors, W: T, inputMoment: T) {
  const off = prefixes(factors).sub(W);
  const [r, m, n] = off.shape;
  const seen = tf.matMul(off.reshape([r * m, n]), inputMoment);
  return toArray<number[]>(
    seen.reshape([r, m, n]).mul(off).sum([1, 2]),
  );
}

// The terms as pictures, their signs those of the components.
const r = 6;
const components = tf.tensor2d(pca.vectors).slice([0, 0], [-1, r]);
function pictures({ left }: Factors) {
  const length = left.square().sum(0).sqrt();
  const sign = left.mul(components).sum(0).sign();
  const columns = left.mul(sign.div(length));
  return columns.transpose().reshape([r, 8, 8]);
}
const [lod, plain] = [factors('pca'), factors('pca plain')];
const rows = {
  'principal components': pictures({
    left: components,
    right: components,
  }),
  'terms of this paper': pictures(lod),
  'without draws': pictures(plain),
};
show(
  'components',
  await images(rows, {
    title: 'Six terms of a linear autoencoder, trained on digits',
    palette: 'diverging',
    columns: ['1', '2', '3', '4', '5', '6'],
    inks: {
      'terms of this paper': 'mechanism',
      'without draws': 'baseline',
    },
  }),
);

// What each prefix loses of the digits, beside the least possible.
const total = pca.values.reduce((a, b) => a + b) / pca.values[0];
const left = await errors(lod, tf.eye(64), digits);
const ours = left.map((e) => e / total);
const least = ours.map((_, b) => {
  const kept = pca.values.slice(0, b + 1).reduce((a, c) => a + c);
  return 1 - kept / pca.values[0] / total;
});
check(
  'share of digits lost beyond the least, worst prefix',
  Math.max(...ours.map((share, b) => share - least[b])),
  {
    below: 0.03,
    because: 'formula (3) with W = 1: principal components',
    breaks: { sampling: 'none' },
  },
);

// A map of digits: what does it miss when it is cut at b?
const seen = tf.matMul(tf.matMul(full, digits), full, false, true);
const { values } = await linalg.eigh(seen);
const all = values.reduce((a, b) => a + b);
const { u, s, v } = await linalg.svd(full);
const firstSix = (x: number[][]) =>
  tf.tensor2d(x).slice([0, 0], [-1, r]);
const svd = {
  left: firstSix(u).mul(tf.tensor1d(s.slice(0, r))),
  right: firstSix(v),
};
const onDigits = async (factors: Factors) =>
  (await errors(factors, full, digits)).map((e) =>
    Math.sqrt(e / all),
  );
const aware = await onDigits(factors('aware'));
const blind = await onDigits(svd);
const cuts = chart('cuts', {
  title: 'What a linear map misses when cut to a few terms',
  over: 'terms',
  x: { label: 'terms kept', ticks: 6 },
  y: { label: 'error, share of the output', percent: true },
  lines: {
    svd: baseline('SVD of W'),
    least: theory('the least possible'),
    ours: 'this paper',
  },
});
let kept = 0;
for (let b = 0; b < r; b++) {
  kept += values[b];
  const least = Math.sqrt(1 - kept / all);
  const at = { terms: b + 1, ours: aware[b], svd: blind[b] };
  cuts.add({ ...at, least });
}
const { ours: found, svd: other } = cuts.at(5);
check('error of five terms, with the SVD of W 1', found / other, {
  below: 0.92,
  because: 'formula (3): the singular vectors of WΣ^½, not of W',
  breaks: { inputs: 'even inputs' },
});
