import * as tf from '@tensorflow/tfjs';
import { check, images, mean, random, select } from 'lab';
import { linalg, scrub, toArray, toggle, variant } from 'lab';
import { crossCorr, matched, matching } from './mechanism';
import { naturalOrder, semiMatching } from './mechanism';
import { kept, numUnits, trained, untrained } from './networks';

type T = tf.Tensor;

const aligners = {
  'one to one': matching,
  'the best, repeats allowed': semiMatching,
  'their own order': naturalOrder,
};
const align = variant('align', aligners, { label: 'align by' });
const layer = select('layer', {
  label: 'hidden layer',
  options: [1, 2],
});
const shown = select('images', {
  label: 'net 2 sees',
  options: ['the same images', 'shuffled images'],
});
const rotate = toggle('rotate', {
  label: 'rotate the layer of net 1 at random',
});

const order = random.permutation(1000);
const shuffle = (x: T) => x.gather(tf.tensor1d(order, 'int32'));
// An orthogonal matrix mixes all units and keeps their space.
const square = random.normal([numUnits, numUnits]);
const { u } = await linalg.svd(square);
const turn = (x: T) => (rotate ? tf.matMul(x, tf.tensor2d(u)) : x);
export function activations(layers: T[]) {
  const [acts1, acts2] = layers[layer - 1].unstack();
  const same = shown === 'the same images';
  return {
    acts1: turn(acts1),
    acts2: same ? acts2 : shuffle(acts2),
  };
}
const correlations = (acts1: T, acts2: T) =>
  toArray<number[][]>(crossCorr(acts1, acts2));

// Correlate, align, and order the pairs from best to worst.
async function compare(layers: T[]) {
  const { acts1, acts2 } = activations(layers);
  const C = await correlations(acts1, acts2);
  const partner = align(C);
  const values = matched(C, partner);
  const pairs = values
    .map((value, i) => ({ i, j: partner[i], value }))
    .sort((a, b) => b.value - a.value);
  return { C, pairs, values };
}
const before = await compare(untrained);
export const after = await compare(trained);

/** The matrix as it stands, and with the pairs on its diagonal. */
function maps({ C, pairs }: typeof after) {
  const whole = tf.tensor2d(C);
  const rows = pairs.map(({ i }) => i);
  const columns = pairs.map(({ j }) => j);
  return tf.stack([whole, whole.gather(rows).gather(columns, 1)]);
}
const ordered = align === naturalOrder ? 'sorted' : 'aligned';
const frames: Parameters<typeof scrub>[1] = [];
for (const { step, layers } of kept) {
  const now = maps(await compare(layers));
  const rows = { untrained: maps(before), [`step ${step}`]: now };
  const output = await images(rows, {
    title: `Correlations from 0 to 1 of ${numUnits} units of net 1 (rows) with ${numUnits} of net 2`,
    columns: ['in their own order', ordered],
    range: [0, 1],
  });
  frames.push({ at: step, output });
}
scrub('maps', frames, 'training step');

// Does the aligner find units again? Net 1 against itself, mixed.
const { acts1 } = activations(trained);
const mix = random.permutation(numUnits);
const copy = acts1.gather(tf.tensor1d(mix, 'int32'), 1);
const partner = align(await correlations(acts1, copy));
const alive = after.values.map((value) => value !== 0);
const lost = partner.filter((j, i) => mix[j] !== i && alive[i]);
check('units not found again in a shuffled copy', lost.length, {
  below: 1,
  because: 'only the unit itself correlates with it by 1',
  breaks: { align: 'their own order' },
});

const own = mean(matched(after.C, naturalOrder(after.C)));
check(
  'size of the mean correlation of unit i with unit i',
  Math.abs(own),
  {
    below: 0.25,
    because: 'hidden units may stand in any order',
    breaks: { second: 'the same seed' },
  },
);

// What would the aligner find if there were nothing to find?
const { acts2 } = activations(trained);
const nothing = await correlations(acts1, shuffle(acts2));
const chance = mean(matched(nothing, align(nothing)));
const aligned = mean(after.values);
check(
  'mean correlation after alignment, less chance',
  aligned - chance,
  {
    above: 0.3,
    because: 'formula (2) finds the features that both nets have',
    breaks: { images: 'shuffled images' },
  },
);
check(
  'mean correlation after alignment, less untrained',
  aligned - mean(before.values),
  {
    above: 0.12,
    because:
      'that untrained units agree is due to the pixels alone',
    breaks: { training: 0 },
  },
);

const sorted = after.pairs.map(({ value }) => value);
const decile = Math.round(numUnits / 10);
const spread = sorted[decile] - sorted.at(-1 - decile)!;
check(
  'correlation of the fourth best pair, less the fourth worst',
  spread,
  {
    above: 0.3,
    because: 'both nets learn some features, one net learns others',
    breaks: { second: 'the same seed' },
  },
);

const nearest = semiMatching(after.C);
const never = numUnits - new Set(nearest).size;
check('units of net 2 that no unit of net 1 picks', never, {
  above: 4,
  because: 'a feature of one net may be several of the other',
  breaks: { second: 'the same seed' },
});
