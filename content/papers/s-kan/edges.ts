import * as tf from '@tensorflow/tfjs';
import { ink, linalg, Plot, select, show, toArray } from 'lab';
import { kept } from './experiment';
import * as made from './targets';

const { spaces, targets } = made;
const target = select('target', {
  label: 'target whose edges are drawn',
  options: ['mixed', ...spaces],
});

// The nearest function of each space to each planted edge, (7): the
// least squares of eight functions and a constant on the grid.
const functions = made.gridBasis.reshape([97, 4, 8]).unstack(1);
const fits: tf.Tensor[] = [];
for (const each of functions) {
  const columns = tf.concat([each, tf.ones([97, 1])], 1);
  const gram = tf.matMul(columns, columns, true);
  const left = gram.add(tf.eye(9).mul(1e-3));
  const right = tf.matMul(columns, made.edges, true);
  const coef = await linalg.solve(left, right);
  fits.push(tf.matMul(columns, tf.tensor2d(coef)));
}
const nearest = tf.stack(fits); // [4, 97, 20]
const gap = nearest.sub(made.edges).square().mean(1).sqrt();
/** d in formula (7): of each space from each edge, [4][20]. */
export const distance = await toArray<number[][]>(gap);

// Sixteen panels: the edges of the target by the spaces.
const xs = await toArray<number[]>(made.grid);
const curves = await toArray<number[][][]>(nearest);
const truth = await toArray<number[][]>(made.edges);
const t = targets.indexOf(target);
const panels = [0, 1, 2, 3].flatMap((i) =>
  spaces.map((space, m) => ({
    i,
    m,
    space,
    edge: `x${'₁₂₃₄'[i]}`,
  })),
);
const every = xs
  .map((x, at) => ({ x, at }))
  .filter((_, k) => k % 2 === 0);
const drawn = (
  values: (panel: (typeof panels)[0], at: number) => number,
  chosen = panels,
) =>
  chosen.flatMap((p) =>
    every.map(({ x, at }) => ({
      x,
      y: values(p, at),
      space: p.space,
      edge: p.edge,
    })),
  );
const isKept = ({ i, m }: { i: number; m: number }) =>
  kept[t][i] === m;
const fitted = (p: { i: number; m: number }, at: number) =>
  curves[p.m][at][4 * t + p.i];
const facets = { fx: 'space', fy: 'edge' };
const line = { ...facets, x: 'x', y: 'y' };
const numbers = panels.map((p) => ({
  ...p,
  d: distance[p.m][4 * t + p.i].toFixed(2),
}));
show(
  'edges',
  Plot.plot({
    title: `Edges of the ${target} target in each space; blue is kept`,
    height: 420,
    x: { axis: null },
    y: { axis: null },
    fx: { label: null, axis: 'top', domain: spaces },
    fy: { label: null, padding: 0.25 },
    marks: [
      Plot.line(
        drawn((p, at) => truth[at][4 * t + p.i]),
        {
          ...line,
          stroke: ink.baseline,
          strokeWidth: 4,
          strokeOpacity: 0.5,
        },
      ),
      Plot.line(
        drawn(
          fitted,
          panels.filter((p) => !isKept(p)),
        ),
        { ...line, stroke: ink.theory, strokeWidth: 1 },
      ),
      Plot.line(drawn(fitted, panels.filter(isKept)), {
        ...line,
        stroke: ink.mechanism,
        strokeWidth: 2,
      }),
      Plot.text(numbers, {
        ...facets,
        text: 'd',
        frameAnchor: 'bottom-right',
        dy: 10,
      }),
    ],
  }),
);
