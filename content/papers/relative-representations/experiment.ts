import * as tf from '@tensorflow/tfjs';
import { check, ink, linalg, mean, Plot, show, toArray } from 'lab';
import { test } from './digits';
import { absolutes, read, relatives, represent } from './networks';

type T = tf.Tensor;
type Networks = typeof relatives;

export const right = (out: T) =>
  out.argMax(1).equal(test.y).toFloat().mean();
/** Right answers, encoder i (rows) with head j (columns). */
function stitch(nets: Networks, r: (i: number, j: number) => T) {
  const row = (i: number) =>
    tf.stack(nets.map((head, j) => right(read(r(i, j), head))));
  return toArray<number[][]>(tf.stack(nets.map((_, i) => row(i))));
}
export const r = relatives.map((net) =>
  represent(net.codes, net.anchorCodes),
);

// The rotation that takes encoder i nearest to encoder j on the
// anchors is U Vᵀ, of the singular vectors of AᵢᵀAⱼ.
const rotated: T[][] = [];
for (const from of absolutes) {
  const row: T[] = [];
  for (const to of absolutes) {
    const A = tf.matMul(from.anchorCodes, to.anchorCodes, true);
    const { u, v } = await linalg.svd(A);
    const Q = tf.matMul(
      tf.tensor2d(u),
      tf.tensor2d(v),
      false,
      true,
    );
    row.push(tf.matMul(from.codes, Q));
  }
  rotated.push(row);
}

export const grids = {
  absolute: await stitch(absolutes, (i) => absolutes[i].codes),
  rotated: await stitch(absolutes, (i, j) => rotated[i][j]),
  relative: await stitch(relatives, (i) => r[i]),
};
const tiles = Object.entries(grids).flatMap(([kind, grid]) =>
  grid.flatMap((row, i) =>
    row.map((share, j) => ({
      kind,
      encoder: String(i + 1),
      head: String(j + 1),
      shade: Math.max(0, (share - 0.1) / 0.9), // 0 is chance
      percent: (100 * share).toFixed(0),
    })),
  ),
);
const at = { fx: 'kind', x: 'head', y: 'encoder' };
const fill = (ours: boolean) =>
  Plot.cell(
    tiles.filter(({ kind }) => (kind === 'relative') === ours),
    {
      ...at,
      fillOpacity: 'shade',
      inset: 1,
      fill: ours ? ink.mechanism : ink.baseline,
    },
  );
const words = (dark: boolean) =>
  Plot.text(
    tiles.filter(({ shade }) => shade > 0.6 === dark),
    { ...at, text: 'percent', fill: dark ? ink.paper : ink.theory },
  );
show(
  'stitching',
  Plot.plot({
    title: 'Encoder of one run, head of another: right answers, %',
    height: 210,
    marginLeft: 30,
    fx: { label: null, domain: Object.keys(grids) },
    x: { type: 'band', label: 'head of run' },
    y: { type: 'band', label: 'encoder of run' },
    opacity: { type: 'identity' },
    marks: [fill(false), fill(true), words(true), words(false)],
  }),
);

export const home = (grid: number[][]) =>
  mean(grid.map((row, i) => row[i]));
export const away = (grid: number[][]) =>
  mean(grid.flatMap((row, i) => row.filter((_, j) => i !== j)));

const ours = away(grids.relative);
check('right answers, stitched by relative codes', ours, {
  above: 0.65,
  because: 'formula (2): all encoders describe a digit alike',
  breaks: { choice: 'others for each' },
});
const bare = away(grids.absolute);
check('right answers, stitched by absolute codes', bare, {
  below: 0.3,
  because: 'each run has axes of its own; chance is 0.1',
  breaks: { seeds: 'the same seed' },
});
const fitted = away(grids.rotated);
check('right answers, absolute codes rotated to fit', fitted, {
  above: 0.65,
  because: 'two runs differ by little more than a rotation',
  breaks: { choice: 'others for each' },
});
const price = home(grids.absolute) - home(grids.relative);
check('right answers lost at home by relative codes', price, {
  below: 0.08,
  because: 'directions tell nearly all that the head needs',
  breaks: { anchors: 3 },
});
