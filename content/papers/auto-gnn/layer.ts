import * as tf from '@tensorflow/tfjs';

type T = tf.Tensor;
export type Attention = 'constant' | 'gcn' | 'gat';
export type Aggregate = 'sum' | 'mean' | 'max';

/** Every node counts as a neighbour of its own; lists have K places. */
export interface Graph {
  near: T; // node in place k of node i, int32 [n·K]
  back: T; // the place of i in that node's list, int32 [n·K]
  full: T; // 1 where a place is taken, [n, K]
  links: T; // 1 where two nodes are neighbours, [n, n]
  degree: T; // neighbours, [n, 1]
}

/** h of all neighbours, place by place: [B, n, h] → [B, n, K, h].
 * Edges have two ends, so its gradient is one more look-up. */
export function look(h: T, { near, back, full }: Graph) {
  const [n, K] = full.shape as [number, number];
  const [B, , width] = h.shape as [number, number, number];
  const places = [B, n, K, width];
  const both = tf.customGrad((x) => ({
    value: (x as T).gather(near, 1).reshape(places),
    gradFunc: (dy) => {
      const sent = dy.reshape([B, n * K, width]);
      return sent.gather(back, 1).reshape(places).sum(2);
    },
  }));
  return both(h);
}

/** Σ of z over neighbours, all B networks in one product. */
function summed(z: T, { links }: Graph) {
  const [B, n, width] = z.shape as [number, number, number];
  const columns = z.transpose([1, 0, 2]).reshape([n, B * width]);
  const sums = tf.matMul(links, columns).reshape([n, B, width]);
  return sums.transpose([1, 0, 2]);
}

/** GAT: aᵢⱼ = softmax over j of LeakyReLU(l·zᵢ + r·zⱼ);
 * z [B, n, h], l and r [B, h, 1] → [B, n, K]. */
export function gat(z: T, l: T, r: T, graph: Graph) {
  const theirs = look(tf.matMul(z, r), graph).squeeze([3]);
  const scores = tf.leakyRelu(theirs.add(tf.matMul(z, l)), 0.2);
  return tf.softmax(scores.add(graph.full.sub(1).mul(1e9)));
}

/** agg over j of aᵢⱼ zⱼ, in (1): z [B, n, h] → [B, n, h]. */
export function aggregate(
  z: T,
  [attention, how]: [Attention, Aggregate],
  { l, r }: { l: T; r: T },
  graph: Graph,
) {
  const { degree, full } = graph;
  const largest = (messages: T) =>
    messages.add(full.sub(1).mul(1e9).expandDims(2)).max(2);
  if (attention === 'gat') {
    const a = gat(z, l, r, graph).expandDims(3);
    const messages = look(z, graph).mul(a);
    if (how === 'max') return largest(messages);
    const sums = messages.sum(2);
    return how === 'mean' ? sums.div(degree) : sums;
  }
  // aᵢⱼ is 1, or 1/√(dᵢdⱼ): a factor before, another after.
  const factor =
    attention === 'gcn' ? degree.rsqrt() : tf.scalar(1);
  const sent = z.mul(factor);
  if (how === 'max') return largest(look(sent, graph)).mul(factor);
  const sums = summed(sent, graph).mul(factor);
  return how === 'mean' ? sums.div(degree) : sums;
}

/** What differs among B networks that are trained as one batch. */
export interface Kinds {
  width: T; // √(8/h) in h of 8 channels, else 0: [B, 1, 8]
  mlp: T; // 1 where the combine is an MLP, [B, 1, 1]
  activation: T; // one-hot, [B, 4, 1, 1]
}
export type Weights = { [name: string]: T };
export type Layers = [
  [Attention, Aggregate],
  [Attention, Aggregate],
];

/** Two layers (1): x [B, n, in] → logits [B, n, out]. */
export function network(
  x: T,
  w: Weights,
  kinds: Kinds,
  graph: Graph,
  layers: Layers,
) {
  const { width, mlp, activation } = kinds;
  const [one, two] = [
    { l: w.l1, r: w.r1 },
    { l: w.l2, r: w.r2 },
  ];
  const o = aggregate(tf.matMul(x, w.W1), layers[0], one, graph);
  // combine: o itself, or tanh(o + x S) V.
  const inner = tf.tanh(o.add(tf.matMul(x, w.S))).mul(width);
  const combined = tf.matMul(inner, w.V).sub(o).mul(mlp).add(o);
  const sums = combined.add(w.b1);
  const all = [
    tf.sigmoid(sums),
    tf.tanh(sums),
    tf.relu(sums),
    sums,
  ];
  const h = tf.stack(all, 1).mul(activation).sum(1).mul(width);
  const z = tf.matMul(h, w.W2);
  return aggregate(z, layers[1], two, graph).add(w.b2);
}

type Normal = (shape: number[], mean: number, std: number) => T;

/** Weights of B networks, N(0, 1/fan-in). Only graph attention
 * has l and r. */
export function weightsOf(
  normal: Normal,
  [B, inputs, outputs]: number[],
  layers: Layers,
): Weights {
  const map = (from: number, to: number, gain = 1) =>
    normal([B, from, to], 0, gain / Math.sqrt(from));
  const [first, second] = layers.map(([kind]) => kind === 'gat');
  return {
    W1: map(inputs, 8),
    S: map(inputs, 8),
    V: map(8, 8),
    b1: tf.zeros([B, 1, 8]),
    W2: map(8, outputs),
    b2: tf.zeros([B, 1, outputs]),
    ...(first && { l1: map(8, 1, 0.5), r1: map(8, 1, 0.5) }),
    ...(second && {
      l2: map(outputs, 1, 0.5),
      r2: map(outputs, 1, 0.5),
    }),
  };
}
