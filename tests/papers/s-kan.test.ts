import * as tf from '@tensorflow/tfjs';
import { expect, test } from 'vitest';
import {
  chebyshev,
  entropy,
  fourier,
  gated,
  gatesOfEdges,
  gatesOfNodes,
  groupNorm,
  largest,
  nodes,
  pruned,
  smallest,
  splines,
  wavelets,
} from '../../content/papers/s-kan/mechanism.ts';
import { closeTo } from './numbers.ts';

const read = async (x: tf.Tensor) => Array.from(await x.data());
const rows = (x: tf.Tensor) => x.array() as Promise<number[][]>;
const close = closeTo(5);
const points = [-1, -0.63, 0, 0.2, 0.77, 1];
const x = tf.tensor1d(points);

test('cubic B-splines agree with their two pieces, with five intervals', async () => {
  const piece = (u: number) => {
    if (u < 1) return 2 / 3 - u ** 2 + u ** 3 / 2;
    return u < 2 ? (2 - u) ** 3 / 6 : 0;
  };
  const found = await rows(splines(x, 8));
  for (const [i, at] of points.entries())
    close(
      found[i],
      Array.from({ length: 8 }, (_, k) => piece(Math.abs(at + 1.4 - 0.4 * k) / 0.4)),
    );
});

test('B-splines of any number sum to one on the whole interval', async () => {
  for (const K of [5, 8]) close(await read(splines(x, K).sum(-1)), Array(6).fill(1));
});

test('Chebyshev polynomials are cosines of multiples', async () => {
  const found = await rows(chebyshev(x, 8));
  for (const [i, at] of points.entries())
    close(
      found[i],
      Array.from({ length: 8 }, (_, k) => Math.cos(k * Math.acos(at))),
      4,
    );
});

test('the Fourier space has four sines, then four cosines', async () => {
  const found = await rows(fourier(x, 8));
  for (const [i, at] of points.entries()) {
    const angles = [1, 2, 3, 4].map((k) => k * Math.PI * at);
    close(found[i], [...angles.map(Math.sin), ...angles.map(Math.cos)]);
  }
});

test('wavelets are Mexican hats of width 0.1, a quarter apart', async () => {
  const found = await rows(wavelets(x, 8));
  for (const [i, at] of points.entries())
    close(
      found[i],
      Array.from({ length: 8 }, (_, k) => {
        const u = (at + 0.875 - 0.25 * k) / 0.1;
        return (1 - u * u) * Math.exp((-u * u) / 2);
      }),
    );
});

// Two nodes with two inputs, three spaces of two functions, five examples.
const logits = tf.tensor3d([
  [
    [0, 1, 2],
    [3, 0, -1],
  ],
  [
    [1, 1, 1],
    [0, 2, 0.5],
  ],
]);
const coef = tf.randomNormal([2, 2, 3, 2], 0, 1, 'float32', 3);
const basis = tf.randomNormal([5, 2, 3, 2], 0, 1, 'float32', 4);
const softmax = (z: number[]) => {
  const powers = z.map(Math.exp);
  const sum = powers.reduce((a, b) => a + b);
  return powers.map((p) => p / sum);
};

test('gates of edges are a softmax over the spaces', async () => {
  const z = (await logits.array()).flat();
  close(await read(gatesOfEdges(logits)), z.flatMap(softmax));
});

test('gates of nodes are the same for all edges: a softmax of the mean', async () => {
  const one = softmax([1.5, 0.5, 0.5]);
  const two = softmax([0.5, 1.5, 0.75]);
  close(await read(gatesOfNodes(logits)), [...one, ...one, ...two, ...two]);
});

test('a node is the sum of formula (3) over its edges', async () => {
  const gates = gatesOfEdges(logits);
  const [g, c, b] = [await gates.array(), await coef.array(), await basis.array()] as [
    number[][][],
    number[][][][],
    number[][][][],
  ];
  const byHand = b.map((example) =>
    g.map((node, t) => {
      let sum = 0;
      for (const [e, edge] of node.entries())
        for (const [m, gate] of edge.entries())
          for (const k of [0, 1]) sum += gate * c[t][e][m][k] * example[e][m][k];
      return sum;
    }),
  );
  close(await read(nodes(basis, gated(gates, coef))), byHand.flat());
});

test('the group norm sums the lengths of coefficients over edges and spaces', async () => {
  const weights = tf.tensor4d([3, 4, 0, 0, 5, 12, 0, 1], [1, 2, 2, 2]);
  expect((await read(groupNorm(weights)))[0]).toBeCloseTo(5 + 13 + 1, 3);
  // At zero it has a gradient, which is zero.
  const slope = tf.grad((w: tf.Tensor) => groupNorm(w))(tf.zeros([1, 1, 1, 2]));
  expect(await read(slope)).toEqual([0, 0]);
});

test('the entropy is ln M for each undecided edge, and 0 for a decided one', async () => {
  const equal = tf.fill([2, 3, 4], 0.25);
  expect((await read(entropy(equal)))[0]).toBeCloseTo(6 * Math.log(4), 4);
  const sure = tf.tensor3d([[[0, 1, 0, 0]]]);
  expect((await read(entropy(sure)))[0]).toBeCloseTo(0, 5);
});

test('the largest and the smallest gate of each edge', async () => {
  expect(await read(largest(logits))).toEqual([2, 0, 0, 1]);
  expect(await read(smallest(logits.slice([0, 0, 0], [1, 2, 3])))).toEqual([0, 2]);
});

test('with all its gate on one space, an edge is the pruned edge of formula (5)', async () => {
  const kept = largest(logits);
  const gates = gatesOfEdges(logits.mul(100).add(tf.tensor3d([40, 0, 0], [1, 1, 3])));
  const soft = nodes(basis, gated(gates, coef));
  close(await read(nodes(basis, gated(pruned(kept, 3), coef))), await read(soft));
  expect(await read(pruned(kept, 3))).toEqual([0, 0, 1, 1, 0, 0, 1, 0, 0, 0, 1, 0]);
});
