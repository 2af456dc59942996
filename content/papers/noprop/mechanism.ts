import * as tf from '@tensorflow/tfjs';

type T = tf.Tensor;

/** Weights of one block, or with a leading axis [T] of all. */
export type Block = Record<
  'wx' | 'bx' | 'wz' | 'w2' | 'b2' | 'w3' | 'b3',
  T
>;

/** Our ᾱ₀ … ᾱ_T = sin²(π/2 (0.02 + 0.97 t/T)), noise to label. */
export function schedule(numBlocks: number) {
  const level = (t: number) =>
    Math.sin((Math.PI / 2) * (0.02 + (0.97 * t) / numBlocks)) ** 2;
  return Array.from({ length: numBlocks + 1 }, (_, t) => level(t));
}

/** z = √ᾱ u_y + √(1−ᾱ) ε, drawn from (1): ᾱ [T, 1, 1], z as ε. */
export function noisyLabel(label: T, alphaBar: T, noise: T) {
  const signal = alphaBar.sqrt().mul(label);
  return signal.add(tf.sub(1, alphaBar).sqrt().mul(noise));
}

/** û = Σₖ softmaxₖ(f(z, x)) uₖ, (2): x [B, 196], z and û alike. */
export function denoise(x: T, z: T, block: Block) {
  const seen = tf.relu(tf.matMul(x, block.wx).add(block.bx));
  const told = tf.relu(tf.matMul(z, block.wz));
  const both = tf.concat([seen, told], -1);
  const mixed = tf.relu(tf.matMul(both, block.w2).add(block.b2));
  return tf.softmax(tf.matMul(mixed, block.w3).add(block.b3));
}

/** T/2 η (SNR(t) − SNR(t−1)) for t = 1 … T, the weights of (3). */
export function snrSteps(alphaBar: number[], eta: number) {
  const snr = alphaBar.map((level) => level / (1 - level));
  const scale = (eta * (alphaBar.length - 1)) / 2;
  return snr.slice(1).map((now, t) => scale * (now - snr[t]));
}

/** L₁ … L_T, formula (3): guess [T, B, 10], weight [T] → [T]. */
export function losses(guess: T, label: T, weight: T) {
  return guess.sub(label).square().sum(-1).mean(1).mul(weight);
}

/** aₜ, bₜ, cₜ of formula (4), for t = 1 … T. */
export function coefficients(alphaBar: number[], t: number) {
  const [before, after] = [alphaBar[t - 1], alphaBar[t]];
  const alpha = before / after;
  const rest = 1 - before;
  const a = (Math.sqrt(after) * (1 - alpha)) / rest;
  const b = (Math.sqrt(alpha) * (1 - after)) / rest;
  const c = ((1 - after) * (1 - alpha)) / rest;
  return { a, b, c };
}

/** zₜ = aₜ û + bₜ zₜ₋₁ + √cₜ ε, formula (4): all [B, 10]. */
export function inferStep(
  guess: T,
  z: T,
  noise: T,
  { a, b, c }: { a: number; b: number; c: number },
) {
  return guess
    .mul(a)
    .add(z.mul(b))
    .add(noise.mul(Math.sqrt(c)));
}

/** The stacked weights of all blocks, block by block. */
export function blocksOf(stack: Block) {
  const names = Object.keys(stack) as (keyof Block)[];
  const parts = names.map((name) => tf.unstack(stack[name]));
  return parts[0].map((_, t) => {
    const own = names.map((name, i) => [name, parts[i][t]]);
    return Object.fromEntries(own) as Block;
  });
}
