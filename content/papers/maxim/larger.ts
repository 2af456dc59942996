import * as tf from '@tensorflow/tfjs';
import { check, images, random, show } from 'lab';
import { haze, tiles } from './damage';
import { judged } from './lead';
import { clean, names, psnr, restored } from './networks';

// Four digits a picture, 32 pixels wide.
const [a, b, c, d] = tf.split(clean, 4);
const above = tf.concat([a, b], 2);
const four = tf.concat([above, tf.concat([c, d], 2)], 1);
const count = four.shape[0];
const damage = tiles(random, count, 32).add(
  haze(random, count, 32),
);

const pictures: Record<string, tf.Tensor> = {
  damaged: four.add(damage),
};
for (const name of names)
  pictures[name] = restored(pictures.damaged, name);
const first = Object.values(pictures).map((x) => x.slice([0], [1]));
show(
  'larger',
  await images(
    { '32 × 32': tf.concat(first) },
    {
      title: 'The same weights on a picture four times as large',
      columns: Object.keys(pictures),
      range: [0, 1],
    },
  ),
);

const found = await psnr(pictures[judged], four);
const mean = await psnr(four.mean(0, true), four);
check('lead over the mean picture at side 32, dB', found - mean, {
  above: 2,
  because: 'the weights belong to blocks and cells, not to sides',
  breaks: { judged: 'block' },
});
