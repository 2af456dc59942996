import * as tf from '@tensorflow/tfjs';
import { baseline, chart, check, random, toArray } from 'lab';
import { testLabels, testPatches } from './digits';
import { net } from './experiment';
import { logits } from './networks';

/** An order of 16 patches in which `count` of them have moved on. */
function order(count: number) {
  const moved = random.permutation(16).slice(0, count);
  const places = Array.from({ length: 16 }, (_, i) => i);
  for (const [i, place] of moved.entries())
    places[place] = moved[(i + 1) % count];
  return places;
}

// 200 digits, each with an order of its own, five times.
const digits = 200;
const counts = [0, 4, 8, 12, 16];
const rows = counts.flatMap((count) =>
  Array.from({ length: digits }, (_, digit) =>
    order(count).map((place) => 16 * digit + place),
  ),
);
const flat = testPatches.slice(0, digits).reshape([-1, 16]);
const shuffled = flat.gather(tf.tensor2d(rows, undefined, 'int32'));
const truth = testLabels.slice(0, digits).tile([counts.length]);
const right = logits(shuffled, net.values())
  .argMax(2)
  .equal(truth)
  .reshape([3, counts.length, digits])
  .mean(2);
const [plain, vit, ours] = await toArray<number[][]>(right);

chart('order', {
  title: 'Test accuracy when patches have changed places',
  over: 'moved',
  x: { label: 'patches moved, of 16', ticks: counts },
  y: {
    label: 'test accuracy (%)',
    percent: true,
    domain: [0, 100],
  },
  lines: {
    plain: { label: 'plain MLP', as: 'series 1' },
    vit: baseline('ViT block'),
    ours: 'Activator',
  },
}).add(
  ...counts.map((moved, i) => ({
    moved,
    plain: plain[i],
    vit: vit[i],
    ours: ours[i],
  })),
);

check(
  'digits no longer read when all patches move',
  ours[0] - ours[4],
  {
    above: 0.2,
    because:
      'formula (3): what a patch counts for depends on its place',
    breaks: { positions: false },
  },
);
