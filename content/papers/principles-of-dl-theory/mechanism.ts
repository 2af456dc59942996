import * as tf from '@tensorflow/tfjs';

type T = tf.Tensor;
export type Act = (z: T) => T;
/** C_b and C_W; a tensor holds one value for each kernel. */
export type Init = { act: Act; cb: number; cw: number | T };

/** σ by its name. */
export const acts = {
  ReLU: tf.relu as Act,
  linear: tf.clone as Act,
  tanh: tf.tanh as Act,
  sin: tf.sin as Act,
};

/** Critical C_W, (5): 2 of ReLU, 1 where σ(z) ≈ z at small z. */
export const criticalCw = (act: Act) => (act === acts.ReLU ? 2 : 1);

// 96 nodes from −6 to 6 deviations, none at a kink in the middle.
const nodes = Array.from({ length: 96 }, (_, i) => (i - 47.5) / 8);
const density = nodes.map((g) => Math.exp((-g * g) / 2));
const total = density.reduce((a, b) => a + b);

/** ⟨F⟩_K, formula (2): the mean of F(z), z ~ N(0, K): […] → […]. */
export function gaussAvg(F: Act, kernel: T) {
  const z = kernel.sqrt().expandDims(-1).mul(nodes);
  return F(z).mul(density).sum(-1).div(total);
}

/** K′ = C_b + C_W ⟨σ²⟩_K, formula (3): K […] → […]. */
export function kernelStep(kernel: T, { act, cb, cw }: Init) {
  const square = gaussAvg((z) => act(z).square(), kernel);
  return square.mul(cw).add(cb);
}

/** χ∥ = C_W ⟨σ² (z² − K)⟩_K / 2K², formula (4): K […] → […]. */
export function chiPar(kernel: T, { act, cw }: Init) {
  const F = (z: T) =>
    act(z)
      .square()
      .mul(z.square().sub(kernel.expandDims(-1)));
  return gaussAvg(F, kernel).mul(cw).div(kernel.square().mul(2));
}

/** χ⊥ = C_W ⟨σ′²⟩_K, formula (4): K […] → […]. */
export function chiPerp(kernel: T, { act, cw }: Init) {
  const F = (z: T) => tf.grad(act)(z).square();
  return gaussAvg(F, kernel).mul(cw);
}

/** K of layers 1 … L by formula (3), from K⁽¹⁾ on: L of […]. */
export function kernelFlow(first: T, init: Init, depth: number) {
  const flow = [first];
  while (flow.length < depth)
    flow.push(kernelStep(flow.at(-1)!, init));
  return flow;
}

/**
 * V′ = χ∥² V + C_W² (⟨σ⁴⟩_K − ⟨σ²⟩_K²), formula (7), V⁽¹⁾ = 0:
 * K of all layers [L] → V of all layers [L].
 */
export function vertexFlow(kernels: T, init: Init) {
  const square = (z: T) => init.act(z).square();
  const mean = gaussAvg(square, kernels);
  const fourth = gaussAvg((z) => square(z).square(), kernels);
  const noise = fourth.sub(mean.square()).mul(init.cw).mul(init.cw);
  const fresh = noise.unstack();
  const passed = chiPar(kernels, init).square().unstack();
  const flow: T[] = [tf.scalar(0)];
  while (flow.length < fresh.length) {
    const l = flow.length - 1;
    flow.push(flow[l].mul(passed[l]).add(fresh[l]));
  }
  return tf.stack(flow);
}

/** 3 [(1 + 5/n)^(ℓ−1) − 1], formula (9): of ReLU, at every n. */
export const exactKurtosis = (width: number, layer: number) =>
  3 * ((1 + 5 / width) ** (layer - 1) - 1);

/**
 * G′ = C_b + C_W mean σ(z)², z = √G g, formula (6). R networks:
 * G […, R, 1], Gaussian g […, R, n] → […, R, 1].
 */
export function metricStep(metric: T, g: T, init: Init) {
  const z = metric.sqrt().mul(g);
  const square = init.act(z).square().mean(-1, true);
  return square.mul(init.cw).add(init.cb);
}

/** The fluctuations of formula (6), as they come. */
export const free = (metric: T, _kernel: T) => metric;

/** Taken out: each network is rescaled to K, layer by layer. */
export const rescaled = (metric: T, kernel: T) =>
  metric.mul(0).add(kernel);

/** z = √C_b b + √(C_W/n) σ(z) W, (1): z [R, B, n], W [R, n, m]. */
export function layer(
  z: T,
  W: T,
  b: T | number,
  { act, cb, cw }: Init,
) {
  const scale = tf.sqrt(tf.div(cw, W.shape[1]!));
  const sums = tf.matMul(act(z), W).mul(scale);
  return sums.add(tf.mul(b, Math.sqrt(cb)));
}

/** 3 (E G²/(E G)² − 1), formula (8): G [R, 1] → []. */
export function excessKurtosis(metric: T) {
  const relative = metric.div(metric.mean());
  return relative.sub(1).square().mean().mul(3);
}
