import * as tf from '@tensorflow/tfjs';
import { batchStd, centred, gated } from './mechanism';
import { groupStd, larger, shifted } from './mechanism';

type T = tf.Tensor;
type Part = (x: T, gate: T, epsilon: number) => T;

export const numerators: Record<string, Part> = {
  x: (x) => x,
  'max(x, 0)': (x) => tf.relu(x),
  'max(x − μ, 0)': (x) => tf.relu(centred(x)),
  'x σ(vx)': gated,
};
export const denominators: Record<string, Part> = {
  '1': () => tf.scalar(1),
  s_b: (x, _, epsilon) => batchStd(x, epsilon),
  'vx+s_i': shifted,
  max: larger,
  s_g: (x, _, epsilon) => groupStd(x, 2, epsilon),
};
const [tops, bottoms] = [numerators, denominators].map((parts) =>
  Object.values(parts),
);
const [R, K] = [tops.length, bottoms.length];

// Networks stand in the order [numerator, denominator, signal].
const rows = (t: T) => tf.split(t, R);
const columns = (t: T) =>
  tf
    .split(t.reshape([R, K, -1]), K, 1)
    .map((part) =>
      part.reshape([t.shape[0] / K, ...t.shape.slice(1)]),
    );

/** Formula (5): γ T/D + β, for all twenty layers at once. */
export function everyLayer(
  x: T, // [N, B, P, C], N a multiple of twenty
  { gate, gain, shift }: { gate: T; gain: T; shift: T },
  epsilon: number,
) {
  const gates = rows(gate);
  const over = rows(x).map((x, r) => tops[r](x, gates[r], epsilon));
  const [xs, vs] = [columns(x), columns(gate)];
  const quotients = columns(tf.concat(over)).map((top, k) =>
    top.div(bottoms[k](xs[k], vs[k], epsilon)),
  );
  const side = quotients.map((part) => part.reshape([R, 1, -1]));
  return tf.concat(side, 1).reshape(x.shape).mul(gain).add(shift);
}

// Those of them that have a name; max is max(s_b, v x + s_i).
const named: Record<string, string> = {
  'x / s_b': 'BN',
  'x / max': 'B0',
  'max(x, 0) / 1': 'ReLU',
  'max(x − μ, 0) / s_b': 'BN-ReLU',
  'x σ(vx) / 1': 'Swish',
  'x σ(vx) / s_g': 'S0',
};
export const layers = Object.keys(numerators).flatMap((top) =>
  Object.keys(denominators).map((bottom) => {
    const under = bottom.includes('+') ? `(${bottom})` : bottom;
    const layer = `${top} / ${under}`;
    const name = named[layer] ?? '';
    const line = name || layer;
    const ours = name === 'B0' || name === 'S0';
    return { top, bottom, layer, name, line, ours };
  }),
);
