import * as tf from '@tensorflow/tfjs';
import { images, show, toArray } from 'lab';
import { picture, testLabels, testPatches } from './digits';
import { net } from './experiment';
import { votes } from './mechanism';
import { ours, outputs } from './networks';

type T = tf.Tensor;

/** ψ of the Activator, (4): [B, 16, 16] → [B, 16, 10]. */
export function votesOf(x: T) {
  const w = net.values();
  return votes(outputs(ours, x, w), w.head.gather(ours));
}
/** A vote a patch, over the whole patch: [B, 16] → [B, 16, 16]. */
export const spread = (votes: T) =>
  votes
    .reshape([-1, 4, 1, 4, 1])
    .tile([1, 1, 4, 1, 4])
    .reshape([-1, 16, 16]);

// Four digits that are read rightly, then two that are not.
const seen = votesOf(testPatches.slice(0, 200));
const truth = await toArray<number[]>(testLabels.slice(0, 200));
const totals = await toArray<number[][]>(seen.mean(1));
const ranked = totals.map((total, digit) => {
  const byTotal = [...total.keys()];
  const [first, second] = byTotal.sort(
    (a, b) => total[b] - total[a],
  );
  return { digit, first, second, right: first === truth[digit] };
});
const shown = [
  ...ranked.filter(({ right }) => right).slice(0, 4),
  ...ranked.filter(({ right }) => !right).slice(0, 2),
];
const chosen = shown.map(({ digit }) => digit);
function votesFor(classes: number[]) {
  const wanted = tf.oneHot(classes, 10).expandDims(1);
  return spread(seen.gather(chosen).mul(wanted).sum(2));
}
const range = 20;
show(
  'votes',
  await images(
    {
      digit: picture(testPatches.gather(chosen)).mul(range),
      'votes for it': votesFor(shown.map(({ first }) => first)),
      'for the next': votesFor(shown.map(({ second }) => second)),
    },
    {
      title: 'Each patch votes on the winner, and on the next best',
      columns: shown.map(({ digit, first, second, right }) =>
        right
          ? `${first}, not ${second}`
          : `${truth[digit]} as ${first}`,
      ),
      palette: 'diverging',
      range: [-range, range],
    },
  ),
);
