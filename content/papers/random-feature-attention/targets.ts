import * as tf from '@tensorflow/tfjs';
import { select, toggle } from 'lab';
import { sphere, standardise } from './learner';

type T = tf.Tensor;

const target = select('target', {
  label: 'mean over the keys of',
  options: ['⟨β, x⟩²', '⟨β, x⟩', '⟨β, x⟩⁴', '⟨x₀, x⟩⟨β, x⟩'],
});
export const order = toggle('order', {
  label: 'later keys count more',
});

// 384 samples to learn and 192 to test; eight directions β.
export const d = 4;
export const n = 384;
export const S = n + 192;
const pair = target === '⟨x₀, x⟩⟨β, x⟩';
const powers: Record<string, number> = {
  '⟨β, x⟩²': 2,
  '⟨β, x⟩⁴': 4,
};
const power = powers[target] ?? 1;
export const degree = pair ? 3 : power;
/** The targets of S samples, standardised: [S, 8]. */
export function wanted(query: T, keys: T) {
  const N = keys.shape[1]!;
  const beta = sphere([8, d]).transpose();
  const along = tf.matMul(keys.reshape([S * N, d]), beta);
  const met = tf.matMul(keys, query.expandDims(2)); // ⟨x₀, xᵢ⟩
  const each = along.reshape([S, N, 8]).pow(power);
  const weight = tf.range(1, N + 1).reshape([1, N, 1]);
  const value = each.mul(pair ? met : 1).mul(order ? weight : 1);
  return standardise(value.mean(1), n);
}
