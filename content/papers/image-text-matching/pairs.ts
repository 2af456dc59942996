import * as tf from '@tensorflow/tfjs';
import { data, images, show, toArray } from 'lab';
import { digits, features, meanings } from './sentences';
import { pick, write } from './sentences';

// Handwritten digits of 8 × 8 pixels, by what they show.
const { train, test } = await data.mnist({
  size: 8,
  flat: true,
  normalise: { minus: 0.15, times: 2 },
});
async function composer({ x, y }: typeof train) {
  const labels = await toArray<number[]>(y);
  const shelf = digits.map((digit) =>
    [...labels.keys()].filter((i) => labels[i] === digit),
  );
  const side = (shown: number[]) => {
    const chosen = shown.map((digit) => pick(shelf[digit]));
    return x.gather(tf.tensor1d(chosen, 'int32'));
  };
  /** Two digits side by side, for each meaning: [n, 128]. */
  return (meanings: number[][]) => {
    const left = side(meanings.map(([a]) => a));
    const right = side(meanings.map(([, b]) => b));
    return tf.concat([left, right], 1);
  };
}
/** [n, 128] → pictures of 8 × 16. */
export function pictures(image: tf.Tensor) {
  const halves = image.reshape([-1, 2, 8, 8]);
  return halves.transpose([0, 2, 1, 3]).reshape([-1, 8, 16]);
}

// Six galleries, each of the 90 pairs in their order, with digits
// that are not in the training set.
export const galleries = 6;
const sixfold = Array.from({ length: 6 }, () => meanings).flat();
export const captions = sixfold.map(write);
const compose = await composer(test);
export const gallery = {
  image: compose(sixfold),
  sentence: features(captions),
};
const some = [2, 68, 31];
show(
  'pairs',
  await images(pictures(gallery.image.gather(some)), {
    title: 'Images, and sentences that say what they show',
    columns: some.map((i) => captions[i]),
  }),
);

// To train on: 3,000 images, each with its sentence.
const drawn = Array.from({ length: 3000 }, () => pick(meanings));
const composeTrain = await composer(train);
export const training = {
  image: composeTrain(drawn),
  sentence: features(drawn.map(write)),
  meaning: tf.tensor1d(drawn.map(([a, b]) => 10 * a + b)),
};
