import * as tf from '@tensorflow/tfjs';
import { check, ink, Plot, random, show, steps } from 'lab';
import { toArray, toNumber, variant } from 'lab';
import { d, planted, probability, train, weights } from './box';
import { fidelity, gradientImportance, mixed } from './mechanism';
import { permutationImportance } from './mechanism';

const x = train.x.slice([0, 0], [500, d]);
const columns = await toArray<number[][]>(x.transpose());
const scrambled = columns.map((column) =>
  random.permutation(500).map((i) => column[i]),
);
const shuffled = tf.tensor2d(scrambled).transpose();

/** Formula (2), twenty-five features at a time. */
async function perturbing() {
  const found: number[] = [];
  const starts = Array.from({ length: d / 25 }, (_, i) => 25 * i);
  for await (const from of steps(starts, 'shuffling features')) {
    const range: [number, number] = [from, from + 25];
    const some = permutationImportance(x, shuffled, weights, range);
    found.push(...(await toArray<number[]>(some)));
  }
  return found;
}
const probing = () =>
  toArray<number[]>(gradientImportance(x, weights));
const upsideDown = async () => (await perturbing()).map((i) => -i);
const ranking = variant(
  'ranking',
  { perturbing, probing, 'upside down': upsideDown },
  { label: 'features are ranked by' },
);

const importance = await ranking();
/** Features, the most important first. */
export const ranked = importance
  .map((_, j) => j)
  .sort((a, b) => importance[b] - importance[a]);

const rows = ranked.map((feature, i) => ({
  rank: i + 1,
  importance: Math.abs(importance[feature]),
  planted: planted.includes(feature),
  name: 'the four that decide',
}));
const place = { x: 'rank', y: 'importance' };
const [true4, others] = [true, false].map((kind) =>
  rows.filter(({ planted }) => planted === kind),
);
const onTop = true4.at(-1)!.rank < 20;
show(
  'ranking',
  Plot.plot({
    title: 'What the black box reads, feature by feature',
    x: {
      type: 'log',
      label: `rank of the feature, of ${d}`,
      ticks: [1, 4, 10, 40, 100],
      tickFormat: 'd',
    },
    y: { type: 'log', label: 'importance' },
    marks: [
      Plot.dot(others, { ...place, r: 2, fill: ink.muted }),
      Plot.dot(true4, { ...place, r: 5, fill: ink.mechanism }),
      Plot.text(true4.slice(-1), {
        ...place,
        text: 'name',
        dx: onTop ? 10 : -10,
        textAnchor: onTop ? 'start' : 'end',
      }),
    ],
  }),
);

const first = rows.slice(0, 4).filter(({ planted }) => planted);
check(
  'planted features not among the first four',
  4 - first.length,
  {
    below: 1,
    because: 'an output moves only by what the box reads',
    breaks: { ranking: 'upside down' },
  },
);

// All features but the chosen ones shuffled together, or those alone.
const kept = tf.oneHot(ranked.slice(0, 4), d).sum(0).toFloat();
const other = tf.gather(x, random.permutation(500));
const agreed = (rows: tf.Tensor) =>
  toNumber(fidelity(probability(rows), probability(x)));
const alone = await agreed(mixed(x, other, kept));
const without = await agreed(mixed(other, x, kept));
check('decisions kept by the first four alone', alone, {
  above: 0.7,
  because: 'what the others say does not reach the output',
  breaks: { ranking: 'upside down' },
});
check('decisions kept without the first four', without, {
  between: [0.35, 0.65],
  because: 'a box that does not see them tosses a coin',
  breaks: { ranking: 'upside down' },
});
