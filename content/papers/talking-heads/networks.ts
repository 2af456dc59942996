import * as tf from '@tensorflow/tfjs';
import { adam, nn, parameters, random, select, steps } from 'lab';
import { tasks, weights } from 'lab';
import { layers, predict } from './transformer';
import type { Maps, Net } from './transformer';

type T = tf.Tensor;

const kind = select('weights', {
  label: 'weights of the networks',
  options: ['decayed', 'not decayed', 'untrained', 'trained here'],
});

// Six networks side by side: two layers of four heads, 32 wide.
export const [S, d, heads] = [6, 32, 4];
export const mask = nn.causalMask(7);
export const attend = (x: T, maps: Maps) =>
  nn.multiHead(x, maps, { heads, mask });
/** Class numbers as rows of 0 and 1. */
export const hot = (classes: T, count: number) =>
  tf.oneHot(classes as tf.Tensor1D, count).cast('float32');
/** −log p(answer), a mean over prompts: [S, B, 6] → [S]. */
export function lossOf(logits: T, truth: T) {
  const all = tf.logSumExp(logits, -1, true);
  return all.sub(logits).mul(truth).sum(-1).mean(1);
}

// New networks, and 600 steps for them where the reader asks.
const { q, k, v, o } = nn.blockWeights(d, 64, [S, 2]);
const fresh = parameters({
  embed: random.normal([S, 12, d]),
  place: random.normal([S, 7, d]),
  q,
  k,
  v,
  o,
  head: random.normal([S, d, 6], 0, 1 / Math.sqrt(d)),
});
const optimiser = adam(fresh, { rate: 3e-3, weightDecay: 0.3 });
const updates = kind === 'trained here' ? 600 : 0;
for await (const _ of steps(updates, 'training')) {
  const { tokens, answers } = tasks.pointer(64, { hops: 2 });
  const [prompts, truth] = [hot(tokens, 12), hot(answers, 6)];
  await optimiser.step((net) =>
    lossOf(predict(prompts, net, attend), truth).sum(),
  );
}

const stored = await weights('talking-heads');
function part(name: string): Net {
  const parts = Object.keys(fresh.values());
  const found = parts.map((key) => [key, stored[`${name}/${key}`]]);
  return Object.fromEntries(found);
}
const shipped = part(kind === 'decayed' ? 'decay' : 'free');
const own = kind === 'untrained' || kind === 'trained here';
export const net: Net = own ? fresh.values() : shipped;
export const shallow = part('one');
export const [first, second] = layers(net);
