import { check, mean, random, show } from 'lab';
import { exact, found, tasks } from './retrieval';
import { newZoo } from './zoo';

type Scores = number[][];
export const first = (s: number[]) => s.indexOf(Math.max(...s));

// The clean model of task k is model 3k; 40 and 70 % follow it.
const hits = (scores: Scores) =>
  mean(scores.map((s, q) => Number(first(s) === 3 * (q % 30))));
const inOrder = exact.probes.map((s, q) => {
  const [clean, some, most] = s.slice(3 * (q % 30));
  return Number(clean > some && some > most);
});

// Spearman's correlation: that of ranks; equal values share one.
function ranks(values: number[]) {
  const above = (v: number) => values.filter((w) => w > v).length;
  const below = (v: number) => values.filter((w) => w < v).length;
  return values.map((v) => below(v) - above(v));
}
const dot = (a: number[], b: number[]) =>
  a.reduce((sum, value, i) => sum + value * b[i], 0);
const cosine = (a: number[], b: number[]) =>
  dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b));
const truth = found.y.map(ranks);
const follows = (scores: Scores) =>
  mean(scores.map((s, q) => cosine(ranks(s), truth[q])));
const right = (scores: Scores) =>
  mean(scores.map((s, q) => found.y[q][first(s)]));

// What names alone would tell: how many concepts of a model stand
// where the user wants them. Ties are broken at random.
export const overlap = tasks.map((task) =>
  newZoo.tasks.flatMap((other) => {
    const same = task.filter((c, k) => c === other[k]).length;
    return [1, 2, 3].map(() => same + random.number() / 100);
  }),
);

const percent = (share: number) => `${(100 * share).toFixed(0)} %`;
const row = (by: string, scores: Scores, exact?: Scores) => ({
  'chosen by': by,
  'own model found': exact ? percent(hits(exact)) : '',
  'rank correlation': Number(follows(scores).toFixed(2)),
  accuracy: percent(right(scores)),
});
show('what chooses a model, and how well', [
  row('Know2Vec', found.probes, exact.probes),
  row('features as they are', found.untrained, exact.untrained),
  row('15 probes', found.few, exact.few),
  row('weights', found.weights, exact.weights),
  row('equal labels', overlap),
  row('the truth', found.y),
]);

const rate = hits(exact.probes);
check('users given the model that was built for their task', rate, {
  above: 0.7,
  because: 'what a model knows fits the task that it learnt',
  breaks: { order: 'permuted' },
});
const [ours, few] = [found.probes, found.few].map(follows);
check(
  'rank correlation, less that of equal labels',
  ours - follows(overlap),
  {
    above: 0.25,
    because: 'likeness of concepts counts, and so does quality',
    breaks: { training: 0 },
  },
);
check(
  'tasks whose three models are scored by their quality',
  mean(inOrder),
  {
    above: 0.6,
    because: 'who learnt from wrong labels answers less surely',
    breaks: { training: 0 },
  },
);
const blind = Math.abs(follows(found.weights));
check('size of the rank correlation that weights give', blind, {
  below: 0.2,
  because: 'hidden units of two models have nothing in common',
  breaks: { hidden: 'one shared' },
});
check('rank correlation lost with 15 probes', ours - few, {
  above: 0.1,
  because: 'a class is known by the probes that resemble it',
  breaks: { probes: 15 },
});
