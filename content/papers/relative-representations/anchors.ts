import * as tf from '@tensorflow/tfjs';
import { adam, baseline, chart, check, mean, nn } from 'lab';
import { parameters, random, steps, toNumber } from 'lab';
import { anchors, k, test, train } from './digits';
import { away, grids, home, r, right } from './experiment';
import { d, encode, flow, read, relatives } from './networks';
import { represent, targets, training } from './networks';

type T = tf.Tensor;

// Two runs for each of a few numbers of anchors, and last one with
// all anchors and codes half as long.
const counts = [3, 10, 30].filter((count) => count < k);
const nets = [
  ...counts.flatMap((count) =>
    [0, 1].map((run) => ({ run, count })),
  ),
  { run: 0, count: k },
];
const last = nets.length - 1;
// One stack again: what a network lacks is multiplied by 0, and the
// rest of r as He's start wants it with so few inputs.
const table = (rows: number[][]) => tf.tensor2d(rows).expandDims(1);
const first = (n: number, of: number, value: number) =>
  Array.from({ length: of }, (_, i) => (i < n ? value : 0));
const width = (i: number) => (i === last ? d / 2 : d);
const longCode = table(nets.map((_, i) => first(width(i), d, 1)));
const present = table(
  nets.map(({ count }) => first(count, k, Math.sqrt(k / count))),
);

const start = (shape: number[]) => nn.he([nets.length, ...shape]);
const net = parameters({
  w1: start([64, 64]),
  b1: tf.zeros([nets.length, 1, 64]),
  w2: start([64, d]),
  w3: start([k, 64]),
  w4: start([64, 10]),
});
type Net = ReturnType<typeof net.values>;
const code = (x: T, now: Net) => encode(x, now).mul(longCode);
const seen = (codes: T, held: T) =>
  represent(codes, held).mul(present);
const own = tf.stack(nets.map(({ run }) => anchors.unstack()[run]));
const optimiser = adam(net, { rate: 0.01 });
const label = `training ${nets.length} networks`;
for await (const _ of steps(training, label)) {
  const rows = random.integers([nets.length, 128], 0, 3000).toInt();
  const truth = targets.gather(rows);
  const still = code(own, net.values());
  await optimiser.step((now) => {
    const held = flow === 'stopped' ? still : code(own, now);
    const out = read(
      seen(code(train.x.gather(rows), now), held),
      now,
    );
    return tf.logSoftmax(out).mul(truth).sum().div(-128);
  });
}

const end = net.values();
const all = tf.tile(test.x.expandDims(0), [nets.length, 1, 1]);
const views = seen(code(all, end), code(own, end)).unstack();
const [w3, w4] = [end.w3.unstack(), end.w4.unstack()];
const heads = w3.map((w3, i) => ({ w3, w4: w4[i] }));
const pass = (r: T, head: { w3: T; w4: T }) =>
  toNumber(right(read(r, head)));

const sweep = chart('sweep', {
  title: 'Right answers, with more and more anchors',
  over: 'count',
  x: { type: 'log', label: 'anchors k' },
  y: { label: 'right answers', percent: true, domain: [0, 100] },
  lines: {
    absolute: baseline('absolute, stitched'),
    own: { label: 'own head', as: 'series 1' },
    other: 'another’s head',
  },
});
const absolute = away(grids.absolute);
for (const [i, count] of counts.entries()) {
  const [a, b] = [2 * i, 2 * i + 1];
  const own = [
    await pass(views[a], heads[a]),
    await pass(views[b], heads[b]),
  ];
  const other = [
    await pass(views[a], heads[b]),
    await pass(views[b], heads[a]),
  ];
  sweep.add({
    count,
    absolute,
    own: mean(own),
    other: mean(other),
  });
}
const [at, from] = [home(grids.relative), away(grids.relative)];
sweep.add({ count: k, absolute, own: at, other: from });

// Codes of 16 numbers with the heads of those of 32, and back.
const mixed: number[] = [];
for (const [j, head] of relatives.entries()) {
  mixed.push(await pass(views[last], head));
  mixed.push(await pass(r[j], heads[last]));
}
check('right answers, codes of 16 stitched to 32', mean(mixed), {
  above: 0.5,
  because: 'r has k entries, however long the codes are',
  breaks: { anchors: 3 },
});
