import * as tf from '@tensorflow/tfjs';
import { check, images, scrub, toNumber } from 'lab';
import { back, largest, seenInTest } from './digits';
import { net, past } from './experiment';
import { permutePixels } from './mechanism';
import { logits, start } from './networks';

// What training has added to the weights of six units, as images.
function added(network: number, embed: tf.Tensor) {
  const change = embed.sub(start).slice([network], [1]);
  const byUnit = change.reshape([196, -1]).transpose();
  return byUnit.slice([0], [6]);
}
const picture = (x: tf.Tensor) => x.reshape([6, 14, 14]);

const frames = [];
for (const { step, values } of past) {
  const own = added(largest.plain, values.embed);
  const twin = added(largest.twin, values.embed);
  const output = await images(
    {
      'the network': picture(own),
      'its twin': picture(twin),
      'twin, put back': picture(permutePixels(twin, back)),
    },
    {
      title: 'What training adds to the first layer of both',
      palette: 'diverging',
      inks: { 'the network': 'mechanism' },
    },
  );
  frames.push({ at: step, output });
}
scrub('weights', frames, 'step');

// The same digits read by both, a thousand of the test set.
const all = tf.range(0, 1000, 1, 'int32');
const still = tf.zerosLike(all);
const seen = seenInTest(all, still, still);
const [own, twin] = [largest.plain, largest.twin].map((network) =>
  logits(seen, net.values()).slice([network], [1]).argMax(2),
);
const differ = await toNumber(own.notEqual(twin).mean());
check(
  'test digits that network and twin read differently',
  differ,
  {
    below: 0.01,
    because: 'formula (3): they are one function, at every step',
    breaks: { firstLayer: 'stays as it was' },
  },
);
