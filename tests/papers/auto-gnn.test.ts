import * as tf from '@tensorflow/tfjs';
import { expect, test } from 'vitest';
import { aggregate, type Graph, gat, look, network, weightsOf } from '../../content/papers/auto-gnn/layer.ts';
import {
  better,
  decisionEntropy,
  highest,
  mayInherit,
  modify,
  movingBaseline,
  policy,
  reinforce,
  sample,
} from '../../content/papers/auto-gnn/mechanism.ts';
import { closeTo, list, someFrom } from './numbers.ts';

const close = closeTo(5);
const some = someFrom(11);

// Seven choices of 2, 3, 3, 3, 3, 2 and 4 options, in five classes.
const counts = [2, 3, 3, 3, 3, 2, 4];
const valid = tf.tensor2d(counts.map((m) => [0, 1, 2, 3].map((j) => Number(j < m))));
const classOf = [0, 1, 1, 2, 2, 3, 4];
const members = tf.tensor2d(classOf.map((c) => [0, 1, 2, 3, 4].map((k) => Number(k === c))));

test('the policy is a softmax over the options that there are', async () => {
  close(
    await list(policy(tf.zeros([1, 7, 4]), valid)),
    counts.flatMap((m) => [0, 1, 2, 3].map((j) => (j < m ? 1 / m : 0))),
  );
  const theta = tf.tensor([[Array(7).fill([Math.log(3), 0, 5, 5])]]).reshape<tf.Tensor3D>([1, 7, 4]);
  close((await list(policy(theta, valid))).slice(0, 4), [0.75, 0.25, 0, 0]);
});

test('formula (2): at the start n log m of each class, nothing once a choice is made', async () => {
  const uniform = policy(tf.zeros([1, 7, 4]), valid);
  const [two, three] = [Math.log(2), Math.log(3)];
  close(await list(decisionEntropy(uniform, members)), [two, 2 * three, 2 * three, two, Math.log(4)]);
  const theta = tf.oneHot(tf.zeros([7], 'int32'), 4, 60, 0, 'float32').expandDims(0);
  close(await list(decisionEntropy(policy(theta, valid), members)), [0, 0, 0, 0, 0]);
});

test('the s highest of five are chosen, for each search its own s', async () => {
  const scores = tf.tensor2d([
    [3, 1, 4, 1.5, 9],
    [3, 1, 4, 1.5, 9],
    [5, 4, 3, 2, 1],
  ]);
  const s = tf.tensor2d([[1], [3], [5]]);
  close(await list(highest(scores, s)), [0, 0, 0, 0, 1, 1, 0, 1, 0, 1, 1, 1, 1, 1, 1]);
});

test('sampling with Gumbel noise draws an option as often as P says, and never one that is not there', async () => {
  const n = 4000;
  const one = tf.tensor([0.6, 0.3, 0.1, 0], [1, 1, 4]).tile([n, 1, 1]);
  const noise = tf
    .randomUniform([n, 1, 4], 1e-6, 1 - 1e-6, 'float32', 3)
    .log()
    .neg()
    .log()
    .neg();
  const drawn = sample(one, noise);
  const share = await list(drawn.mean(0));
  for (const [i, p] of [0.6, 0.3, 0.1, 0].entries()) expect(Math.abs(share[i] - p)).toBeLessThan(0.03);
  expect(share[3]).toBe(0);
  close(await list(drawn.sum(2).min()), [1]);
  // Without noise it is the likeliest.
  close(await list(sample(one.slice([0], [1]), tf.zeros([1, 1, 4]))), [1, 0, 0, 0]);
});

test('formula (3): a child is drawn anew in the slots chosen and a copy elsewhere', async () => {
  const [best, drawn] = [some(2, 3, 4), some(2, 3, 4)];
  const slots = tf.tensor([1, 0, 1, 0, 0, 0], [2, 3, 1]);
  const [b, d] = [await list(best), await list(drawn)];
  close(
    await list(modify(best, drawn, slots)),
    b.map((v, i) => ([0, 2].includes(Math.floor(i / 4)) ? d[i] : v)),
  );
});

test('formula (4) climbs (R − b) log π of what was drawn, and leaves other slots alone', async () => {
  const theta = some(1, 7, 4);
  const P = policy(theta, valid);
  const child = sample(P, tf.zeros([1, 7, 4]));
  const slots = tf.tensor([0, 1, 1, 0, 0, 0, 0], [1, 7, 1]);
  const step = tf.tensor([0.7], [1, 1, 1]);
  const slope = tf.grad((t) => policy(t, valid).add(1e-20).log().mul(child).mul(slots).sum())(theta);
  close(await list(reinforce(theta, P, child, slots, step)), await list(theta.add(slope.mul(0.7))));
});

test('the baseline keeps β of itself; formula (5) takes what is better, not what is as good', async () => {
  close(await list(movingBaseline(tf.tensor1d([0.5, 1]), tf.tensor1d([1, 0]), 0.9)), [0.55, 0.9]);
  close(await list(better(tf.tensor1d([0.6, 0.5, 0.4]), tf.scalar(0.5))), [1, 0, 0]);
});

test('formula (6): shape, attention and activation must be the same, and the state no own one', () => {
  const parent = { width: '8', attention: 'gat gcn', activation: 'tanh', aggregate: 'sum' };
  expect(mayInherit(parent, { ...parent }, false)).toBe(true);
  expect(mayInherit(parent, { ...parent, aggregate: 'mean' }, false)).toBe(true);
  expect(mayInherit(parent, { ...parent }, true)).toBe(false);
  for (const change of [{ width: '2' }, { attention: 'gat gat' }, { activation: 'relu' }])
    expect(mayInherit(parent, { ...parent, ...change }, false)).toBe(false);
});

// A path of three nodes, each its own neighbour too; lists of three places.
const lists = [
  [0, 1],
  [1, 0, 2],
  [2, 1],
];
const K = 3;
const graph: Graph = {
  near: tf.tensor1d(
    lists.flatMap((l, i) => [0, 1, 2].map((k) => l[k] ?? i)),
    'int32',
  ),
  back: tf.tensor1d(
    lists.flatMap((l, i) =>
      [0, 1, 2].map((k) => (k < l.length ? l[k] * K + lists[l[k]].indexOf(i) : i * K + k)),
    ),
    'int32',
  ),
  full: tf.tensor2d(lists.map((l) => [0, 1, 2].map((k) => Number(k < l.length)))),
  links: tf.tensor2d([
    [1, 1, 0],
    [1, 1, 1],
    [0, 1, 1],
  ]),
  degree: tf.tensor2d([[2], [3], [2]]),
};
const none = { l: tf.zeros([1, 2, 1]), r: tf.zeros([1, 2, 1]) };
const z = tf.tensor([1, -2, 5, 4, -3, 7], [1, 3, 2]);

test('look gathers neighbours, and its gradient is that of a gather', async () => {
  close(
    await list(look(z, graph).mul(graph.full.expandDims(2))),
    [1, -2, 5, 4, 0, 0, 5, 4, 1, -2, -3, 7, -3, 7, 5, 4, 0, 0],
  );
  const mask = graph.full.expandDims(2);
  const c = some(1, 3, 3, 2);
  const ours = tf.grad((x) => look(x, graph).mul(mask).mul(c).sum())(z);
  const plain = (x: tf.Tensor) => x.gather(graph.near as tf.Tensor1D, 1).reshape([1, 3, 3, 2]);
  const theirs = tf.grad((x) => plain(x).mul(mask).mul(c).sum())(z);
  close(await list(ours), await list(theirs));
});

test('formula (1): sums, means and maxima of neighbours, plain and with the factors of GCN', async () => {
  const sums = [6, 2, 3, 9, 2, 11];
  const degree = [2, 2, 3, 3, 2, 2];
  const of = (attention: 'constant' | 'gcn' | 'gat', how: 'sum' | 'mean' | 'max') =>
    list(aggregate(z, [attention, how], none, graph));
  close(await of('constant', 'sum'), sums);
  close(
    await of('constant', 'mean'),
    sums.map((v, i) => v / degree[i]),
  );
  close(await of('constant', 'max'), [5, 4, 5, 7, 5, 7]);
  const near = 1 / Math.sqrt(6);
  const gcn = [
    1 / 2 + 5 * near,
    -2 / 2 + 4 * near,
    5 / 3 - 2 * near,
    4 / 3 + 5 * near,
    -3 / 2 + 5 * near,
    7 / 2 + 4 * near,
  ];
  close(await of('gcn', 'sum'), gcn);
  close(
    await of('gcn', 'mean'),
    gcn.map((v, i) => v / degree[i]),
  );
  close(await of('gcn', 'max'), [5 * near, 4 * near, 5 / 3, 7 * near, 5 * near, 7 / 2]);
  // Scores that are all zero weigh neighbours alike: a mean.
  const mean = sums.map((v, i) => v / degree[i]);
  close(await of('gat', 'sum'), mean);
  close(
    await of('gat', 'mean'),
    mean.map((v, i) => v / degree[i]),
  );
  close(await of('gat', 'max'), [5 / 2, 4 / 2, 5 / 3, 7 / 3, 5 / 2, 7 / 2]);
});

test('GAT weighs neighbours by a softmax of LeakyReLU(l·zᵢ + r·zⱼ)', async () => {
  const [l, r] = [tf.tensor([0.3, -0.1], [1, 2, 1]), tf.tensor([-0.2, 0.4], [1, 2, 1])];
  const rows = [
    [1, -2],
    [5, 4],
    [-3, 7],
  ];
  const expected = lists.flatMap((neighbours, i) => {
    const scores = neighbours.map((j) => {
      const score = 0.3 * rows[i][0] - 0.1 * rows[i][1] - 0.2 * rows[j][0] + 0.4 * rows[j][1];
      return Math.exp(score > 0 ? score : 0.2 * score);
    });
    const sum = scores.reduce((a, b) => a + b);
    return [0, 1, 2].map((k) => (scores[k] ?? 0) / sum);
  });
  close(await list(gat(z, l, r, graph)), expected);
});

/** One network with the combine and the activation given, by hand on the path graph. */
function run(mlp: number, activation: number, w: Record<string, tf.Tensor>, width = tf.ones([1, 1, 8])) {
  const kinds = {
    width,
    mlp: tf.tensor([mlp], [1, 1, 1]),
    activation: tf.oneHot(tf.tensor1d([activation], 'int32'), 4, 1, 0, 'float32').reshape([1, 4, 1, 1]),
  };
  const layers = [
    ['constant', 'sum'],
    ['constant', 'mean'],
  ] as const;
  return network(z, w, kinds, graph, layers as never);
}

test('the network: combine, activation, the width as a mask, two layers', async () => {
  const w: Record<string, tf.Tensor> = {
    W1: some(1, 2, 8),
    S: some(1, 2, 8),
    V: some(1, 8, 8),
    b1: some(1, 1, 8),
    W2: some(1, 8, 2),
    b2: some(1, 1, 2),
  };
  const A = graph.links.expandDims(0);
  const half = tf.tensor([1.5, 1.5, 0, 0, 0, 0, 0, 0], [1, 1, 8]);
  const act: ((x: tf.Tensor) => tf.Tensor)[] = [tf.sigmoid, tf.tanh, tf.relu, (x: tf.Tensor) => x];
  for (const width of [tf.ones([1, 1, 8]), half])
    for (const mlp of [0, 1])
      for (const [k, f] of act.entries()) {
        const o = tf.matMul(A, tf.matMul(z, w.W1));
        const inner = o.add(tf.matMul(z, w.S)).tanh().mul(width);
        const combined = mlp ? tf.matMul(inner, w.V) : o;
        const h = f(combined.add(w.b1)).mul(width);
        const out = tf.matMul(A, tf.matMul(h, w.W2)).div(graph.degree).add(w.b2);
        close(await list(run(mlp, k, w, width)), await list(out), 4);
      }
});

test('weights: N(0, 1/fan-in), biases zero, l and r only where there is attention', () => {
  const asked: [number[], number, number][] = [];
  const normal = (shape: number[], mean: number, std: number) => {
    asked.push([shape, mean, std]);
    return tf.fill(shape, std);
  };
  const w = weightsOf(
    normal,
    [3, 12, 4],
    [
      ['gat', 'sum'],
      ['gcn', 'sum'],
    ],
  );
  expect(Object.keys(w)).toEqual(['W1', 'S', 'V', 'b1', 'W2', 'b2', 'l1', 'r1']);
  expect(w.b1.shape).toEqual([3, 1, 8]);
  expect(w.b2.shape).toEqual([3, 1, 4]);
  const [from12, from8] = [1 / Math.sqrt(12), 1 / Math.sqrt(8)];
  expect(asked).toEqual([
    [[3, 12, 8], 0, from12],
    [[3, 12, 8], 0, from12],
    [[3, 8, 8], 0, from8],
    [[3, 8, 4], 0, from8],
    [[3, 8, 1], 0, 0.5 * from8],
    [[3, 8, 1], 0, 0.5 * from8],
  ]);
  const second = weightsOf(
    normal,
    [1, 2, 4],
    [
      ['constant', 'sum'],
      ['gat', 'max'],
    ],
  );
  expect(Object.keys(second).slice(-2)).toEqual(['l2', 'r2']);
  expect(asked.slice(-2)).toEqual([
    [[1, 4, 1], 0, 0.25],
    [[1, 4, 1], 0, 0.25],
  ]);
});
