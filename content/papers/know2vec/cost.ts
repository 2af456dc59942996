import { baseline, chart, check, mean, random, toArray } from 'lab';
import { overlap } from './experiment';
import { found, tasks, x } from './retrieval';
import { ask, newZoo } from './zoo';

// What each model scores on the images that the user shows.
const said = ask(newZoo, x.expandDims(0)).argMax(2);
const answers = await toArray<number[][]>(said);
const S = x.shape[0] / tasks.length;
const tried = tasks.map((_, q) =>
  answers.map((of) => {
    const own = of.slice(q * S, (q + 1) * S);
    return own.filter((k, i) => k === Math.floor((4 * i) / S))
      .length;
  }),
);

/** Accuracy when the first k are tried and the best is kept. */
function afterTrying(scores: number[][]) {
  const kept = scores.map((s, q) => {
    const order = [...s.keys()].sort((a, b) => s[b] - s[a]);
    let best = order[0];
    return order.map((m) => {
      if (tried[q][m] > tried[q][best]) best = m;
      return found.y[q][best];
    });
  });
  return kept[0].map((_, k) => mean(kept.map((row) => row[k])));
}
const models = found.y[0];
const shuffled = () => tasks.map(() => models.map(random.number));
const rounds = Array.from({ length: 8 }, () =>
  afterTrying(shuffled()),
);
const chance = models.map((_, k) => mean(rounds.map((r) => r[k])));
const [probes, labels] = [found.probes, overlap].map(afterTrying);
const best = mean(found.y.map((y) => Math.max(...y)));
const at = [1, 2, 3, 4, 6, 8, 11, 16, 23, 32, 45, 64, 90];
chart('cost', {
  title: 'Accuracy against the number of models tried',
  over: 'models',
  x: { type: 'log', label: 'models that see the user’s images' },
  y: { label: 'accuracy of the model kept', percent: true },
  bounds: [{ y: best, label: 'the best of 90' }],
  lines: {
    chance: baseline('in random order'),
    labels: { label: 'by equal labels', as: 'series 1' },
    probes: 'by Know2Vec',
  },
}).add(
  ...at.map((models) => ({
    models,
    chance: chance[models - 1],
    labels: labels[models - 1],
    probes: probes[models - 1],
  })),
);
const needed = chance.filter((y) => y < probes[0]).length;
check('tries in random order that end below Know2Vec', needed, {
  above: 30,
  because: 'its first choice is nearly the best of the zoo',
  breaks: { training: 0 },
});
