import * as tf from '@tensorflow/tfjs';
import { data, images, random, select, show, slider } from 'lab';
import { alike } from './mechanism';

export const corpus = select('corpus', {
  label: 'pairs from',
  options: ['planted meanings', 'speeches'],
});
const style = slider('style', {
  label: 'style, where planted',
  min: 0,
  max: 2,
  value: 1,
  step: 0.25,
});
const real = corpus === 'speeches';

/** Passages of addresses, each as two sets of twelve of its content
 *  words, taken in turn, by the means of their vectors: [.., 2, 100]. */
async function halves() {
  const { passages } = await data.sotu();
  const { words } = await data.words();
  const { vectors, index } = await data.words({ content: true });
  const order = random.permutation(passages.length);
  const rows = order.flatMap((i) => {
    const rows = passages[i].ids.map((id) => index.get(words[id]));
    const told = rows.filter((row) => row !== undefined);
    return Array.from(
      { length: 24 },
      (_, k) => told[k % told.length],
    );
  });
  const means = tf
    .gather(vectors, rows)
    .reshape([-1, 12, 2, 100])
    .mean(1);
  const centred = means.sub(means.mean([0, 1]));
  return centred.div(centred.square().mean().sqrt());
}

/** What pairs are drawn from: pieces, or two maps for meanings. */
export const material = real
  ? [await halves()]
  : [
      random.normal([24, 96], 0, 1.6 / Math.sqrt(24)),
      random.normal([96, 48], 0, 1.5 / Math.sqrt(96)),
    ];
export const inputs = real ? 100 : 48;
export const tests = 200;
const known = real ? material[0].shape[0] - tests : 0;

/** B rows and then B more, each of which belongs to one of the first:
 *  two pieces of a passage, or a meaning in two styles. */
export const draw = (B: number) =>
  real
    ? fromSpeeches(random.integers([B], 0, known))
    : fromMeanings(B);
export const test = real
  ? fromSpeeches(tf.range(known, known + tests, 1, 'int32'))
  : fromMeanings(tests);

function fromSpeeches(passages: tf.Tensor) {
  const both = tf.gather(material[0], passages);
  return tf.concat(tf.unstack(both, 1));
}

function fromMeanings(B: number) {
  const meaning = random.normal([B, 10]).tile([2, 1]);
  const styles = random.normal([2 * B, 14], 0, style);
  const both = tf.concat([meaning, styles], 1);
  const [first, second] = material as tf.Tensor2D[];
  return tf.matMul(
    tf.matMul(both as tf.Tensor2D, first).tanh(),
    second,
  );
}

show(
  'inputs',
  await images(
    { inputs: alike(test, 16).expandDims(0) },
    {
      title:
        'Sixteen inputs against their sixteen partners, by cosine',
      range: [-1, 1],
      palette: 'diverging',
    },
  ),
);
