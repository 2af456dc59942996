import { images, ink, Plot, show, slider } from 'lab';
import { surest } from './knowledge';
import { found, tasks, x } from './retrieval';

const user = slider('user', {
  min: 1,
  max: 100,
  value: 1,
  step: 1,
});
const q = user - 1;

// An image of each class, and what models take for one.
const s = found.probes[q];
const y = found.y[q];
const order = [...s.keys()].sort((a, b) => s[b] - s[a]);
const S = x.shape[0] / tasks.length;
const shown = x.slice([q * S], [S]).reshape([4, -1, 14, 14]);
const percent = (share: number) => `${(100 * share).toFixed(0)} %`;
const models = [1, 2, 3, 10, 45, 90].map((rank) => {
  const m = order[rank - 1];
  const label = `no. ${rank}: ${percent(y[m])} right`;
  return [label, surest.slice([m], [1]).squeeze([0])] as const;
});
const rows = {
  'the user shows': shown.slice([0, 0], [4, 1]).squeeze([1]),
  ...Object.fromEntries(models),
};
show(
  'matches',
  await images(rows, {
    title: 'What a user shows, and what models know',
    columns: ['class 1', 'class 2', 'class 3', 'class 4'],
    inks: { [models[0][0]]: 'mechanism' },
  }),
);

// All models, by the share of true labels that they learnt from.
const points = s.map((score, m) => ({ score, accuracy: y[m] }));
const kinds = ['true labels', '40 % at random', '70 % at random'];
const marks = kinds.map((text, kind) => {
  const fill = ink.series[kind];
  const own = points.filter((_, m) => m % 3 === kind);
  const place = { frameAnchor: 'top-left', dx: 6 } as const;
  return [
    Plot.dot(own, { x: 'score', y: 'accuracy', fill, r: 3 }),
    Plot.text([{ text }], {
      ...place,
      text: 'text',
      fill,
      dy: 10 + 16 * kind,
    }),
  ];
});
show(
  'scores',
  Plot.plot({
    title: 'Score and true accuracy of all models for this user',
    x: { label: 'score' },
    y: { label: 'true accuracy', percent: true, domain: [0, 100] },
    marks,
  }),
);
