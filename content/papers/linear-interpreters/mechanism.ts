import * as tf from '@tensorflow/tfjs';

type T = tf.Tensor;

/** z₀ of n images [n, …] and z₁ of their k signals each [n·k, …]. */
export type Pair = [T, T];
/** What stands between two affine maps. */
export type Unit = (z: Pair) => Pair;
/** W x + bias · b. */
export type Affine = (x: T, bias: number) => T;

/** (max(z₀, 0), D z₁), D = diag(1[z₀ > 0]), formula (2). */
export function linearScope([z0, z1]: Pair): Pair {
  const n = z0.shape[0];
  const gates = z0.greater(0).toFloat().reshape([n, 1, -1]);
  const replayed = z1.reshape([n, -1, gates.shape[2]!]).mul(gates);
  return [tf.relu(z0), replayed.reshape(z1.shape)];
}

/** Without the scope: each signal makes its own decisions. */
export function ownDecisions([z0, z1]: Pair): Pair {
  return [tf.relu(z0), tf.relu(z1)];
}

/** Without decisions: D = I, for images and signals alike. */
export function allOpen(z: Pair): Pair {
  return z;
}

/** A 3 × 3 convolution w [3, 3, in, out] as W; b [out]. */
export function conv(w: T, b: T): Affine {
  const filter = w as tf.Tensor4D;
  return (x, bias) =>
    tf.conv2d(x as tf.Tensor4D, filter, 1, 'same').add(b.mul(bias));
}

/** The last layer of a classifier: w [features, classes] as W. */
export function dense(w: T, b: T): Affine {
  return (x, bias) =>
    tf.matMul(x.reshape([-1, w.shape[0]]), w).add(b.mul(bias));
}

/** Means of 2 × 2: [n, h, w, c] → [n, h/2, w/2, c]; linear. */
export const halve = (x: T) =>
  tf.avgPool(x as tf.Tensor4D, 2, 2, 'valid') as T;

/** Four channels are four pixels: [n, h, w, 4] → [n, 2h, 2w, 1]. */
export function shuffle(x: T) {
  const [n, h, w] = x.shape;
  const squares = x.reshape([n, h!, w!, 2, 2]);
  const mixed = squares.transpose([0, 1, 3, 2, 4]);
  return mixed.reshape([n, 2 * h!, 2 * w!, 1]);
}

/**
 * Both batches through the network, layer by layer: z₁ … z_L of
 * each, the last one y(x₀) and F x₁ + bias · r, formulas (1), (3).
 */
export function pass(
  maps: Affine[],
  unit: Unit,
  [x0, x1]: Pair,
  bias: number,
) {
  const layers: Pair[] = [];
  for (const map of maps) {
    const last = layers.at(-1);
    const [a0, a1] = last ? unit(last) : [x0, x1];
    layers.push([map(a0, 1), map(a1, bias)]);
  }
  return layers;
}

/** F [n, outputs, pixels] by impulses, r [n, outputs] by zeros. */
export function interpreter(maps: Affine[], unit: Unit, x0: T) {
  const [n, ...shape] = x0.shape;
  const pixels = tf.util.sizeFromShape(shape);
  const impulses = tf.tile(tf.eye(pixels), [n, 1]);
  const signals = impulses.reshape([n * pixels, ...shape]);
  const [y, columns] = pass(maps, unit, [x0, signals], 0).at(-1)!;
  const silent: Pair = [x0, tf.zerosLike(x0)];
  const [, r] = pass(maps, unit, silent, 1).at(-1)!;
  const F = columns.reshape([n, pixels, -1]).transpose([0, 2, 1]);
  return { F, r: r.reshape([n, -1]), y: y.reshape([n, -1]) };
}

/** ω_c(p) = F_{c,p} x₀(p), formula (6): [n, classes, pixels]. */
export function votes(F: T, x0: T) {
  return F.mul(x0.reshape([x0.shape[0], 1, -1]));
}

/**
 * t* = min −z₀/z₁ over units with z₀ z₁ < 0, formula (7), where z₁
 * is the answer to one direction per image, without biases: [n].
 */
export function firstFlip(layers: Pair[]) {
  const times = layers.slice(0, -1).map(([z0, z1]) => {
    const nearing = z0.mul(z1).less(0).toFloat();
    const time = z0.abs().div(z1.abs().add(1e-12));
    const never = tf.sub(1, nearing).mul(1e9);
    const first = time.mul(nearing).add(never);
    return first.reshape([z0.shape[0], -1]).min(1);
  });
  return tf.stack(times).min(0);
}
