import * as tf from '@tensorflow/tfjs';
import { data, nn, random, toNumber, weights } from 'lab';

type T = tf.Tensor;
type Through = (x: T, layer: number) => T;
export type Net = { w: T[]; b: T[] };

// Four trained networks, 64-64-32-10 with ReLU; the seed picks one.
const stored = await weights('quantization-survey');
const which = random.integer(0, 4);
const part = (name: string) => stored[name].gather(which);
export const net: Net = {
  w: ['w1', 'w2', 'w3'].map(part),
  b: ['b1', 'b2', 'b3'].map(part),
};

// Digits of 8 × 8 pixels, from −0.3 to 1.7: zero is a code inside.
export const { train, test } = await data.mnist({
  size: 8,
  flat: true,
  normalise: { minus: 0.15, times: 2 },
});

/** Logits; `through` sees the input of each layer on its way. */
export function logits(
  x: T,
  net: Net,
  through: Through = (x) => x,
) {
  const first = tf.relu(
    nn.dense(through(x, 0), net.w[0], net.b[0]),
  );
  const second = nn.dense(through(first, 1), net.w[1], net.b[1]);
  const last = through(tf.relu(second), 2);
  return nn.dense(last, net.w[2], net.b[2]);
}

/** The inputs of the three layers on the first 256 digits. */
export function inputsOf(net: Net) {
  const seen: T[] = [];
  logits(train.x.slice([0], [256]), net, (x) => {
    seen.push(x);
    return x;
  });
  return seen;
}

/** Share of the 1,000 test digits that are told right. */
export const accuracy = (net: Net, through?: Through) =>
  toNumber(nn.accuracy(logits(test.x, net, through), test.y));

/** The same function: channels of `layer` times s, undone after. */
export function rescaled({ w, b }: Net, layer: number, s: T): Net {
  const into = (i: number) => (i === layer ? s : 1);
  const after = (i: number) =>
    i === layer + 1 ? s.transpose() : 1;
  return {
    w: w.map((x, i) => x.mul(into(i)).div(after(i))),
    b: b.map((x, i) => x.mul(into(i))),
  };
}

/** The network with each layer's weights changed. */
export const withWeights = (
  { w, b }: Net,
  change: (w: T, layer: number) => T,
) => ({ w: w.map(change), b });
