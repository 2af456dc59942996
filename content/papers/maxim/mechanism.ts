import * as tf from '@tensorflow/tfjs';

type T = tf.Tensor;
type Shape = [number, number, number, number];
export type Axis = 'block' | 'grid';
export type Weights = Record<string, T>;

/** Rows and columns of cells, and the order of the six axes [B, rows,
 *  height of a cell, columns, width of a cell, C] once cut. */
function cut([, H, W]: Shape, size: number, axis: Axis) {
  return axis === 'block'
    ? { cells: [H / size, W / size], order: [2, 4, 0, 1, 3, 5] }
    : { cells: [size, size], order: [1, 3, 0, 2, 4, 5] };
}

/** Formulas (1) and (2): pixels [B, H, W, C] → [size², B·HW/size², C].
 *  The first axis is the one to mix: the places in a block, or the
 *  pixels that have one place in every cell of the grid. */
export function partition(x: T, size: number, axis: Axis) {
  const [B, H, W, C] = x.shape as Shape;
  const { cells, order } = cut([B, H, W, C], size, axis);
  const [rows, columns] = cells;
  return x
    .reshape([B, rows, H / rows, columns, W / columns, C])
    .transpose(order)
    .reshape([size * size, -1, C]);
}

/** Undoes it: [size², B·HW/size², C] → pixels of the shape given. */
export function merge(
  x: T,
  shape: Shape,
  size: number,
  axis: Axis,
) {
  const [B, H, W, C] = shape;
  const { cells, order } = cut(shape, size, axis);
  const [rows, columns] = cells;
  const sides = [B, rows, H / rows, columns, W / columns, C];
  return x
    .reshape(order.map((from) => sides[from]))
    .transpose(order.map((_, i) => order.indexOf(i)))
    .reshape(shape);
}

/** x ↦ x·w over the last axis: [.., C] by [C, D] → [.., D]. */
function dense(x: T, w: T) {
  const [from, to] = w.shape;
  const rows = tf.matMul(x.reshape([-1, from!]), w);
  return rows.reshape([...x.shape.slice(0, -1), to!]);
}

/** Each pixel's channels to mean 0 and variance 1, ε = 1e-6. */
export function norm(x: T) {
  const centred = x.sub(x.mean(-1, true));
  const variance = centred.square().mean(-1, true);
  return centred.mul(variance.add(1e-6).rsqrt());
}

/** GELU in its form with tanh, by (1 + tanh u)/2 = σ(2u). */
export function gelu(x: T) {
  const cubic = x.square().mul(0.044715).add(1);
  const slope = 2 * Math.sqrt(2 / Math.PI);
  return x.mul(cubic.mul(x).mul(slope).sigmoid());
}

/** Formula (3): mixes the first axis of x [n, M, C] through the gate
 *  W_s [n, n], b_s [n, 1, 1]; maps `up` [C, 2C] and `down` [C, C]. */
export function gatedMlp(x: T, w: Weights, name: string) {
  const wide = gelu(dense(norm(x), w[`${name}/up`]));
  const [u, v] = tf.split(wide, 2, -1);
  const [n, M, C] = v.shape;
  const seen = norm(v).reshape([n, M! * C!]);
  const mixed = tf.matMul(w[`${name}/gate`], seen).reshape(v.shape);
  const gate = mixed.add(w[`${name}/bias`]).add(1);
  return x.add(dense(u.mul(gate), w[`${name}/down`]));
}

/** Which axis each half of the channels is mixed along, and its size. */
export type Branch = { axis: Axis; size: number };

/** Formula (4): two halves of the channels, each along its own axis.
 *  Pixels [B, H, W, C] → the same. */
export function multiAxis(
  x: T,
  w: Weights,
  name: string,
  branches: Branch[],
) {
  const wide = gelu(dense(norm(x), w[`${name}/in`]));
  const halves = tf.split(wide, 2, -1).map((half, i) => {
    const { size, axis } = branches[i];
    const mixed = gatedMlp(
      partition(half, size, axis),
      w,
      `${name}/${i}`,
    );
    return merge(mixed, half.shape as Shape, size, axis);
  });
  return x.add(dense(tf.concat(halves, -1), w[`${name}/out`]));
}

/** The network of this page: pictures [B, H, W] → restored pictures.
 *  Pixels to C channels, two layers of formula (4), back, and added. */
export function restore(x: T, w: Weights, branches: Branch[]) {
  const pixels = x.expandDims(3);
  let features: T = dense(pixels, w.first).add(w.firstBias);
  for (const layer of ['1', '2'])
    features = multiAxis(features, w, layer, branches);
  const change = dense(features, w.last).add(w.lastBias);
  return x.add(change.squeeze([3]));
}

/** Formula (5): multiplications of the mixing for each channel. */
export const mixingCost = (pixels: number, sizes: number[]) =>
  sizes.reduce((sum, size) => sum + pixels * size ** 2, 0);

/** Formula (6): pixels that one layer and that two layers reach, as
 *  long as b·g is at most the side. */
export const reachOfOne = (b: number, g: number) =>
  b ** 2 + g ** 2 - 1;
export const reachOfTwo = (b: number, g: number) => (b * g) ** 2;
