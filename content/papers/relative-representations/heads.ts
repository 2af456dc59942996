import type * as tf from '@tensorflow/tfjs';
import { chart, check, ink, Plot, steps, toNumber } from 'lab';
import { r, right } from './experiment';
import { shift, stretch } from './laws';
import { agreement } from './mechanism';
import { read, relatives, represent } from './networks';

type T = tf.Tensor;

// Which line is whose, written to the left of its first point, or
// of its third.
const [one, two] = ink.series;
const names = [
  { line: 'shifted', at: 2, label: 'run 1, shifted', fill: one },
  {
    line: 'stretched',
    at: 0,
    label: 'run 1, stretched',
    fill: two,
  },
  {
    line: 'others',
    at: 0,
    label: 'other runs',
    fill: ink.mechanism,
  },
] as const;
const heads = chart('heads', {
  title: 'What a head makes of relative codes that are not its own',
  over: 'rho',
  x: { label: 'agreement ρ with its own', domain: [0.5, 1] },
  y: { label: 'right answers', percent: true, domain: [0, 100] },
  bounds: [{ y: 0.1, label: 'chance' }],
  also: (rows) =>
    names.map(({ line, at, label, fill }) => {
      const own = rows.filter((row) => Number.isFinite(row[line]));
      own.sort((a, b) => a.rho - b.rho);
      const place = own.slice(at, at + 1);
      const text = place.map((row) => ({ ...row, label }));
      const where = {
        x: 'rho',
        y: line,
        textAnchor: 'end',
        dx: -10,
      };
      return Plot.text(text, { ...where, fill, text: 'label' });
    }),
  lines: {
    shifted: { as: 'series 1' },
    stretched: { as: 'series 2' },
    others: { dots: 'only' },
  },
});
const gap = Number.NaN;
const none = { shifted: gap, stretched: gap, others: gap };
async function add(
  kind: keyof typeof none,
  moved: T,
  head: number,
) {
  const rho = await toNumber(agreement(moved, r[head]));
  const share = await toNumber(right(read(moved, relatives[head])));
  heads.add({ rho, ...none, [kind]: share });
  return share;
}

// The first encoder's codes, moved, with the first head; then each
// encoder with each other head.
const [run] = relatives;
const moved = (move: (e: T) => T) =>
  represent(move(run.codes), move(run.anchorCodes));
const after: Record<number, number> = {};
for await (const tau of steps([2, 1, 0.5, 0.25, 0], 'shifts')) {
  const codes = moved((e) => e.add(shift.mul(tau)));
  after[tau] = await add('shifted', codes, 0);
}
for await (const kappa of steps([64, 16, 4, 2, 1], 'stretches')) {
  const codes = moved((e) => stretch(e, kappa));
  await add('stretched', codes, 0);
}
for (const [i, codes] of r.entries())
  for (const j of r.keys())
    if (i !== j) await add('others', codes, j);

const lost = after[0] - after[1];
check('right answers lost to a shift by one length', lost, {
  above: 0.3,
  because: 'formula (3) holds for isometries only',
  breaks: { similarity: 'centred cosine' },
});
