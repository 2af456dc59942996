import * as tf from '@tensorflow/tfjs';
import { baseline, chart, images, select, show } from 'lab';
import { theory, toArray, toNumber } from 'lab';
import { read, tests } from './experiment';
import { type Field, kernel, taps } from './mechanism';
import { after, interpolated, stepper, thinned } from './training';

type T = tf.Tensor;

const cnn = select('cnn', {
  label: 'the CNN, on a finer grid,',
  options: ['keeps its taps', 'is interpolated'],
});
const testGrid = select('testGrid', {
  label: 'grid of the curves',
  options: [32, 64, 128],
  value: 128,
});

export const ours = (n: number) => stepper(n, read);
export const theirs = (n: number) =>
  cnn === 'keeps its taps' ? stepper(n, taps) : interpolated(n);

// Where the equation goes, and a network that is fed what it gave.
const exactly = Array.from({ length: 17 }, (_, i) =>
  after(tests, 128, i),
);
const exact = (n: number) =>
  tf.stack(exactly.map((u) => thinned(u, n))).reshape([17, -1, n]);
function follow(n: number, step: (u: Field) => T) {
  const states = [thinned(exactly[0], n)];
  for (let i = 0; i < 16; i++) {
    states.push(step(states[i]) as Field);
  }
  return tf.stack(states).reshape([17, -1, n]);
}

// Shown is the test function that keeps most of its height.
const end = exact(32).gather(16);
const shown = await toNumber(end.square().sum(1).argMax());

/** That function as 51 × 64 pixels, time going down. */
function picture(run: T) {
  const n = run.shape[2]!;
  const field = run.gather([shown], 1).reshape([17, 1, n, 1]);
  const wide =
    n === 32 ? field.tile([1, 3, 1, 2]) : field.tile([1, 3, 1, 1]);
  const flat = wide.reshape([51, -1, Math.max(1, n / 64)]);
  return flat.slice([0, 0, 0], [-1, 64, 1]).reshape([51, 64]);
}
const runs = [32, 64, 128].map((n) => ({
  n,
  exact: exact(n),
  ours: follow(n, ours(n)),
  theirs: follow(n, theirs(n)),
}));
const row = (name: 'exact' | 'ours' | 'theirs') =>
  tf.stack(runs.map((run) => picture(run[name])));
const names = {
  kernel: 'kernel',
  taps: 'read as taps',
  sum: 'no Δ',
};
const ourName = names[read.name as keyof typeof names];
const theirName =
  cnn === 'keeps its taps' ? 'taps' : 'interpolated';
const as = read === kernel ? 'mechanism' : 'broken';
export const lines = {
  theirs: { ...baseline(theirName), dots: false },
  ours: { label: ourName, as, dots: false },
} as const;
const rows = {
  'the equation': row('exact'),
  [ourName]: row('ours'),
  [theirName]: row('theirs'),
};
const title =
  'A wave in the wind, time going down: one training, three grids';
const columns = runs.map(({ n }) => `${n} points`);
const inks = { [ourName]: as, [theirName]: 'baseline' } as const;
const look = { columns, palette: 'diverging', inks } as const;
show(
  'paths',
  await images(rows, { title, range: [-0.6, 0.6], ...look }),
);

// The same function after four steps of the sixteen.
const run = runs.find(({ n }) => n === testGrid)!;
const fourth = (run: T) =>
  toArray<number[]>(run.gather(4).gather(shown).reshape([-1]));
const [truth, byOurs, byTheirs] = [
  await fourth(run.exact),
  await fourth(run.ours),
  await fourth(run.theirs),
];
const curves = truth.map((exact, i) => {
  const x = i / testGrid;
  return { x, exact, ours: byOurs[i], theirs: byTheirs[i] };
});
chart('fourth', {
  title: `After four steps on ${testGrid} points`,
  over: 'x',
  x: { label: 'x', ticks: [0, 0.25, 0.5, 0.75], domain: [0, 1] },
  y: { label: 'u' },
  lines: { ...lines, exact: theory('equation') },
}).add(...curves.filter(({ x }) => (64 * x) % 1 === 0));
