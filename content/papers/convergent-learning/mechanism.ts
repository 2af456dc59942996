import * as tf from '@tensorflow/tfjs';

type T = tf.Tensor;

/** (x − μ)/σ, with μ and σ of `from`: [N, n]; 0 for a dead unit. */
export function standardise(acts: T, from: T) {
  const centre = from.mean(0);
  const sigma = from.sub(centre).square().mean(0).sqrt();
  const scaled = acts.sub(centre).div(sigma.maximum(1e-6));
  return scaled.mul(sigma.greater(1e-6));
}

/** C, formula (1): [N, n] and [N, m] → [n, m]. */
export function crossCorr(acts1: T, acts2: T) {
  const z1 = standardise(acts1, acts1);
  const z2 = standardise(acts2, acts2);
  return tf.matMul(z1, z2, true).div(acts1.shape[0]);
}

/**
 * π*, formula (2), by the Hungarian algorithm: C [n][n] → for each
 * unit of net 1 its partner. Units of net 1 come one by one. Each
 * takes the cheapest path of exchanges to a free unit of net 2,
 * cost −C less the prices of both ends.
 */
export function matching(crossCorr: number[][]) {
  const units = crossCorr.map((_, i) => i);
  const start = units.length; // where the paths of exchanges begin
  const price1 = Array(start).fill(0);
  const price2 = Array(start + 1).fill(0);
  const owner: number[] = []; // who holds each unit of net 2
  for (const newcomer of units) {
    const slack = units.map(() => Number.POSITIVE_INFINITY);
    const from = units.map(() => start);
    const seen = new Set<number>();
    let column = start;
    owner[start] = newcomer;
    while (owner[column] !== undefined) {
      seen.add(column);
      const i = owner[column];
      const open = units.filter((j) => !seen.has(j));
      for (const j of open) {
        const cost = -crossCorr[i][j] - price1[i] - price2[j];
        if (cost < slack[j]) {
          slack[j] = cost;
          from[j] = column;
        }
      }
      column = open.reduce((a, b) => (slack[b] < slack[a] ? b : a));
      const step = slack[column];
      for (const j of seen) {
        price1[owner[j]] += step;
        price2[j] -= step;
      }
      for (const j of open) slack[j] -= step;
    }
    while (column !== start) {
      owner[column] = owner[from[column]];
      column = from[column];
    }
  }
  return units.map((i) => owner.indexOf(i));
}

/** s(i) = argmaxⱼ Cᵢⱼ, formula (3): partners may repeat. */
export function semiMatching(crossCorr: number[][]) {
  return crossCorr.map((row) => row.indexOf(Math.max(...row)));
}

/** Unit i with unit i: the order in which they happen to stand. */
export function naturalOrder(crossCorr: number[][]) {
  return crossCorr.map((_, i) => i);
}

/** Cᵢ,π₍ᵢ₎: the correlation of each unit with its partner. */
export function matched(crossCorr: number[][], partner: number[]) {
  return crossCorr.map((row, i) => row[partner[i]]);
}

/**
 * Mean products of one unit of net 2, first, and all units of
 * net 1, for each unit of net 2: [N, n], [N, m] → [m, n+1, n+1].
 */
export function moments(acts1: T, acts2: T) {
  const m = acts2.shape[1]!;
  const all = tf.tile(acts1.expandDims(0), [m, 1, 1]);
  const own = acts2.transpose().expandDims(2);
  const joint = tf.concat([own, all], 2);
  return tf.matMul(joint, joint, true).div(acts1.shape[0]);
}

/**
 * R²ₖ, formula (5), for k = 1 … most: [most, m]. Takes the moments
 * of images to fit on and of images held out. Of net 1 it chooses
 * the unit that explains most of what is left, subtracts it from
 * the target and from all other units, and chooses again: (6).
 */
export function sparseR2(fit: T, held: T, most: number) {
  const size = fit.shape[1]!;
  const itself = tf.eye(size);
  const first = (x: T) => x.gather(0, 1);
  const variance = (x: T) => first(x).gather([0], 1);
  const total = variance(held);
  const isUnit = tf.range(0, size).greater(0);
  const curve: T[] = [];
  for (let k = 0; k < most; k++) {
    const power = fit.mul(itself).sum(2);
    // A unit with nothing of its own left is not chosen again.
    const fresh = power.greater(1e-4).mul(isUnit);
    const gain = first(fit).square().div(power.maximum(1e-4));
    const best = gain.mul(fresh).argMax(1);
    const chosen = tf.oneHot(best, size).mul(fresh).expandDims(2);
    const shared = tf.matMul(fit, chosen);
    const own = tf.matMul(chosen, shared, true).maximum(1e-4);
    const part = tf.matMul(shared.div(own), chosen, false, true);
    const less = itself.sub(part);
    fit = tf.matMul(less, fit); // which is symmetric again
    held = tf.matMul(tf.matMul(less, held), less, false, true);
    curve.push(total.sub(variance(held)).divNoNan(total));
  }
  return tf.concat(curve, 1).transpose();
}
