import * as tf from '@tensorflow/tfjs';
import { check, images, random, show, toNumber } from 'lab';
import { type Cut, layer, round, type Weights } from './mechanism';
import { cut } from './networks';
import { L, n } from './task';

// Random weights: who could hear of a change, whatever was learnt?
const d = 32;
const matrix = (a: number, b: number) =>
  random.normal([a, b], 0, 1 / Math.sqrt(a));
const w: Weights = { latents: random.normal([L / n, 2, d]) };
for (const part of ['local', 'gather', 'global', 'return']) {
  for (const name of ['q', 'k', 'v', 'o'])
    w[`${part}/${name}`] = matrix(d, d);
  w[`${part}/up`] = matrix(d, 64);
  w[`${part}/down`] = matrix(64, d);
}
const x = random.normal([1, L, d]);
const pushed = 2 * n + 1;
const push = random.normal([1, 1, d]);
const after = x.add(
  push.pad([
    [0, 0],
    [pushed, L - 1 - pushed],
    [0, 0],
  ]),
);

type Run = (x: tf.Tensor) => tf.Tensor;
const moved = (run: Run) =>
  run(after).sub(run(x)).abs().max(2).greater(1e-6).toFloat();
const groups = (x: tf.Tensor) => x.reshape([L / n, n, d]);
const local: Run = (x) =>
  layer(groups(x), w, 'local').out.reshape([1, L, d]);
const fit = (cut: Cut): Run => {
  return (x) => round(x, w, cut).tokens;
};
const name = cut === 'nothing' ? 'one round' : `without ${cut}`;
const noticed = [local, fit('global'), fit(cut)].map(moved);
show(
  'reach',
  await images(
    { tokens: tf.stack(noticed).reshape([3, L / n, n]) },
    {
      title: 'Tokens that notice when one of them changes',
      columns: ['local layer', 'no global layer', name],
      range: [0, 1],
    },
  ),
);

const reached = await toNumber(moved(fit(cut)).sum());
check('tokens of 16 that one round reaches', reached, {
  above: 15,
  because: 'token, latent, latent, token: three steps to anywhere',
  breaks: { cut: 'global' },
});
