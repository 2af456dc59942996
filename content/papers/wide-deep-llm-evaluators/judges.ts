import * as tf from '@tensorflow/tfjs';
import { random, select, slider } from 'lab';
import { agreement, correlation, discuss } from './mechanism';
import { neighbours, review, weightsOf } from './mechanism';
import { covariance, most, N, people, roles } from './people';
import { seen, weighed } from './people';

const share = (
  key: string,
  label: string,
  value: number,
  max = 1,
) => slider(key, { label, min: 0, max, value, step: 0.05 });
const noise = share('noise', 'noise of a call σ', 1.5, 3);
const positionBias = share(
  'positionBias',
  'pull of the first place b',
  0.6,
  1.5,
);
const sharedBias = share(
  'sharedBias',
  'error common to all calls c',
  0.35,
);
const trust = share('trust', 'trust in the discussion γ', 0.5);
const herding = share('herding', 'herding h', 0);
const swap = select('swap', {
  label: 'orders of the answers',
  options: ['both', 'one'],
});
export const asked = swap === 'both' ? 2 : 1;

export type Kind = 'roles' | 'copies';
const layers = [0, 1, 2, 3];
export const shared = random.normal([N, 1, 1]);
export const fresh = layers.map(() => random.normal([N, most, 2]));
export const herds = layers.map(() => random.normal([N, 1, 1]));

/** What n reviewers say in each of L layers: [L, N, n, orders]. */
export function ask(
  kind: Kind,
  n: number,
  L: number,
  { h = herding, c = sharedBias, orders = asked } = {},
) {
  const window = neighbours(n);
  const own = seen[kind].slice([0, 0], [N, n]);
  const biases = { positionBias, sharedBias: c, noise };
  const said: tf.Tensor[] = [];
  for (const layer of layers.slice(0, L)) {
    const noises = fresh[layer].slice([0, 0, 0], [N, n, 2]);
    const y = review(own, shared, noises, biases);
    const pull = herds[layer].mul(h);
    const before = said.at(-1);
    said.push(before ? discuss(y, before, window, trust, pull) : y);
  }
  return tf.stack(said).slice([0, 0, 0, 0], [L, N, n, orders]);
}

/** How often a verdict [N] has the sign of people's. */
export const agreed = (verdict: tf.Tensor) =>
  verdict.greater(0).equal(people.greater(0)).mean();

/** Formula (7) for the same, over the comparisons drawn. */
export function foretold(kind: Kind, n: number, L: number) {
  const { calls, herds } = weightsOf(n, L, trust);
  const looked = roles[kind]
    .slice([0, 0, 0], [N, n, -1])
    .mul(calls.sum(0).reshape([n, 1]))
    .sum(1);
  const error = calls
    .square()
    .sum()
    .mul(noise ** 2 / 2)
    .add(
      herds
        .square()
        .sum()
        .mul(herding ** 2),
    )
    .add(sharedBias ** 2);
  const rho = correlation(looked, weighed, covariance, error);
  return agreement(rho).mean();
}
