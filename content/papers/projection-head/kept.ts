import * as tf from '@tensorflow/tfjs';
import { images, linalg, scrub, show } from 'lab';
import { past, trained } from './experiment';
import { columns, d, page, picture } from './pages';
import { lineOf } from './weights';

// (8): a map is a rotation of (WᵀW)^½, and the rotation changes
// no distance. Without it, a representation is a page again.
async function pageAfter(map: tf.Tensor) {
  const gram = tf.matMul(map, map, true);
  const { values, vectors } = await linalg.eigh(gram);
  const axes = tf.tensor2d(vectors);
  const roots = values.map((value) =>
    Math.sqrt(Math.max(value, 0)),
  );
  const along = tf.matMul(page.reshape([1, d]), axes);
  const weighted = along.mul(tf.tensor1d(roots));
  return picture(tf.matMul(weighted, axes, false, true));
}

async function pictures(layers: tf.Tensor[], title: string) {
  const rows: Record<string, tf.Tensor> = {};
  if (layers === trained) rows['the page'] = picture(page);
  for (const [i, map] of layers.entries())
    rows[lineOf(i + 1).label] = await pageAfter(map);
  return images(rows, {
    title,
    columns,
    range: [0, 0.8],
    inks: {
      'the page': 'baseline',
      [lineOf(1).label]: 'mechanism',
    },
  });
}

show(
  'kept',
  await pictures(
    trained,
    'A page, and what each layer keeps of it',
  ),
);

const frames = [];
for (const { step, now } of past) {
  const output = await pictures(
    now,
    'The same page after each layer, in training',
  );
  frames.push({ at: step, output });
}
scrub('growth', frames, 'step');
