import * as tf from '@tensorflow/tfjs';

type T = tf.Tensor;

/**
 * A step of the LSTM, formula (1): [i, f, o, g] from W x + b + U h,
 * c ← σ(f) c + σ(i) tanh g, h ← σ(o) tanh c. Leading axes are
 * networks: given [N, B, 4H], state and cell [N, B, H].
 */
export function lstmStep(
  given: T, // W x + b
  state: T, // h
  cell: T, // c
  recurrent: T, // U, [N, H, 4H]
) {
  const sums = given.add(tf.matMul(state, recurrent));
  const [i, f, o, g] = tf.split(sums, 4, -1);
  const kept = tf.sigmoid(f).mul(cell);
  const next = kept.add(tf.sigmoid(i).mul(tf.tanh(g)));
  return { state: tf.sigmoid(o).mul(tf.tanh(next)), cell: next };
}

/** h₁ … h_T of formula (1): given [N, B, T, 4H] → [N, B, T, H]. */
export function lstm(given: T, recurrent: T) {
  const [networks, batch] = given.shape;
  let state: T = tf.zeros([networks, batch, recurrent.shape[1]!]);
  let cell = state;
  const states = tf.unstack(given, 2).map((now) => {
    ({ state, cell } = lstmStep(now, state, cell, recurrent));
    return state;
  });
  return tf.stack(states, 2);
}

/**
 * a = m eᵉ / Σ m eᵉ with e = tanh(w·h + b), formula (2): states
 * [N, B, T, H], w [N, H, 1], b [N, 1, T], mask [N, B, T] → [N, B, T].
 */
export function attention(states: T, w: T, b: T, mask: T) {
  const [networks, batch, time, width] = states.shape as number[];
  const rows = states.reshape([networks, batch * time, width]);
  const seen = tf.matMul(rows, w).reshape([networks, batch, time]);
  const weights = tf.tanh(seen.add(b)).exp().mul(mask);
  return weights.div(weights.sum(-1, true));
}

/** Only the last state that exists: [N, B, T], in place of (2). */
export function lastState(_states: T, _w: T, _b: T, mask: T) {
  const [networks, batch, time] = mask.shape as number[];
  const none = tf.zeros([networks, batch, 1]);
  const later = mask.slice([0, 0, 1], [-1, -1, time - 1]);
  return mask.sub(tf.concat([later, none], -1));
}

/** h̃ = T a h, (3): weighted states, of size T so that they stay. */
export function weighted(states: T, attention: T) {
  const time = states.shape[2]!;
  return states.mul(attention.expandDims(-1)).mul(time);
}

/** r = Σ β u, formula (3): [N, B, T, 2H], [N, B, T] → [N, B, 2H]. */
export function contextOf(joined: T, jointAttention: T) {
  return joined.mul(jointAttention.expandDims(-1)).sum(2);
}

/** −mean(y log p + (1 − y) log(1 − p)) over B, of [N, B]: [N]. */
export function logLoss(logits: T, labels: T) {
  const linear = tf.relu(logits).sub(logits.mul(labels));
  return linear.add(tf.softplus(logits.abs().neg())).mean(-1);
}

/** Share of tweets on the right side of zero: [N, B] → [N]. */
export function accuracy(logits: T, labels: T) {
  const side = tf.sign(logits).mul(labels.mul(2).sub(1));
  return tf.relu(side).mean(-1);
}
