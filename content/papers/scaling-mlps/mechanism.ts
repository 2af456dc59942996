import * as tf from '@tensorflow/tfjs';

type T = tf.Tensor;

/** S networks in one stack, the L blocks of each along axis 0. */
export type Net = {
  embed: T; // [S, pixels, m]
  embedBias: T; // [S, 1, m]
  expand?: T; // Wᵉ, [L, S, m, k·m]
  expandBias?: T; // [L, S, 1, k·m]
  contract: T; // Wᶜ, [L, S, k·m, m]; in (2) W, [L, S, m, m]
  contractBias: T; // [L, S, 1, m]
  head: T; // [S, m, 10]
  headBias: T; // [S, 1, 10]
};

/** σ(z) = z Φ(z), exact: Φ is the normal distribution. */
export function gelu(z: T) {
  const twicePhi = tf.erf(z.mul(Math.SQRT1_2)).add(1);
  return z.mul(twicePhi).mul(0.5);
}

/** LN(z) = (z − mean)/deviation over the last axis. */
export function layerNorm(z: T) {
  const centred = z.sub(z.mean(-1, true));
  const variance = centred.square().mean(-1, true);
  return centred.div(variance.add(1e-5).sqrt());
}

/** z + Wᶜ σ(Wᵉ LN(z)), (1), with biases: z [S, B, m] → same. */
export function invertedBottleneck(z: T, net: Net, l: number) {
  const wide = tf.matMul(layerNorm(z), net.expand!.gather(l));
  const active = gelu(wide.add(net.expandBias!.gather(l)));
  const narrow = tf.matMul(active, net.contract.gather(l));
  return z.add(narrow).add(net.contractBias.gather(l));
}

/** W σ(LN(z)), (2), with a bias: z [S, B, m] → same shape. */
export function standardLayer(z: T, net: Net, l: number) {
  const active = gelu(layerNorm(z));
  const next = tf.matMul(active, net.contract.gather(l));
  return next.add(net.contractBias.gather(l));
}

/** From pixels [S, B, pixels] to logits [S, B, 10]. */
export function mlp(x: T, net: Net, block = invertedBottleneck) {
  let z = tf.matMul(x, net.embed).add(net.embedBias);
  for (let l = 0; l < net.contract.shape[0]!; l++)
    z = block(z, net, l);
  return tf.matMul(z, net.head).add(net.headBias);
}

/** A blank margin around images: [n, s, s] → [n, s + 2r, s + 2r]. */
export function framed(images: T, margin: number) {
  const sides = [margin, margin] as [number, number];
  return tf.pad(images, [[0, 0], sides, sides]);
}

/**
 * τx, (4): the framed images with the numbers `which`, moved dx to
 * the right and dy down by moving the window the other way. int32
 * of one shape, […] → […, s·s].
 */
export function shifted(
  framed: T,
  margin: number,
  which: T,
  dx: T,
  dy: T,
) {
  const side = framed.shape[1]!;
  const across = tf.range(margin, side - margin, 1, 'int32');
  const inside = across.mul(side).expandDims(1).add(across);
  const first = which.mul(side).sub(dy).mul(side).sub(dx);
  const place = first.expandDims(-1).add(inside.flatten());
  return framed.flatten().gather(place.toInt());
}

/**
 * |x̂|, (5): the sizes of the waves that make up an image, which
 * no cyclic shift changes. [n, s·s] → [n, s·s].
 */
export function waves(images: T, side: number) {
  const turn = tf.range(0, side).mul((2 * Math.PI) / side);
  const angle = turn.expandDims(1).mul(tf.range(0, side));
  const along = angle.reshape([side, 1, side, 1]);
  const both = along.add(angle.reshape([1, side, 1, side]));
  const square = both.reshape([side * side, side * side]);
  const real = tf.matMul(images, tf.cos(square));
  const imaginary = tf.matMul(images, tf.sin(square));
  return real.square().add(imaginary.square()).sqrt();
}

/** Πx, (3): pixels in another order, along the last axis. */
export function permutePixels(x: T, order: T) {
  return x.gather(order.toInt(), -1);
}

/** W₁Πᵀ, (3): the first layer follows its pixels; […, pixels, m]. */
export function permuteRows(embed: T, order: T) {
  return embed.gather(order.toInt(), -2);
}

/** α and a of E = a N^−α, (6): least squares in logarithms. */
export function powerLaw(counts: number[], errors: number[]) {
  const average = (v: number[]) =>
    v.reduce((a, b) => a + b) / v.length;
  const logN = counts.map(Math.log);
  const logE = errors.map(Math.log);
  const [n, e] = [average(logN), average(logE)];
  const spread = average(logN.map((v) => (v - n) ** 2));
  const joint = average(
    logN.map((v, i) => (v - n) * (logE[i] - e)),
  );
  const exponent = -joint / spread;
  return { exponent, scale: Math.exp(e + exponent * n) };
}
