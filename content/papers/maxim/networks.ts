import * as tf from '@tensorflow/tfjs';
import { adam, batches, data, parameters, random } from 'lab';
import { slider, steps, toNumber, weights } from 'lab';
import { framed, haze, tiles } from './damage';
import { type Axis, restore, type Weights } from './mechanism';

export const names = ['block', 'grid', 'both'] as const;
export type Name = (typeof names)[number];
const axes: Record<Name, Axis[]> = {
  both: ['grid', 'block'],
  grid: ['grid', 'grid'],
  block: ['block', 'block'],
};
const branches = (name: Name) =>
  axes[name].map((axis) => ({ axis, size: 4 }));

const updates = slider('updates', {
  label: 'train the one of both axes further, updates',
  min: 0,
  max: 100,
  value: 0,
  step: 10,
});

// Trained beforehand, with equal sizes on equal damages.
const stored = await weights('maxim');
export const nets = Object.fromEntries(
  names.map((name) => [name, part(name)]),
) as Record<Name, Weights>;
const { train, test } = await data.mnist({
  size: 14,
  train: 2000,
  test: 100,
});
export const clean = framed(test.x);
const count = clean.shape[0];
const [tiled, hazed] = [tiles(random, count), haze(random, count)];
export const damaged = {
  'tiles and haze': clean.add(tiled).add(hazed),
  tiles: clean.add(tiled),
  haze: clean.add(hazed),
};
if (updates > 0) nets.both = await further('both');

/** Peak signal-to-noise ratio: −10 log₁₀ of the mean square error. */
export const psnr = async (x: tf.Tensor, truth = clean) =>
  -10 * Math.log10(await toNumber(x.sub(truth).square().mean()));

/** What a network makes of damaged digits, [n, 16, 16]. */
export const restored = (x: tf.Tensor, name: Name) =>
  tf.tidy(() => restore(x, nets[name], branches(name)));

function part(name: Name): Weights {
  return Object.fromEntries(
    Object.entries(stored)
      .filter(([key]) => key.startsWith(`${name}/`))
      .map(([key, t]) => [key.slice(name.length + 1), t]),
  );
}

async function further(name: Name): Promise<Weights> {
  const net = parameters(nets[name]);
  const optimiser = adam(net, { rate: 5e-4 });
  const next = batches(train, 16);
  for await (const _ of steps(updates, `updates, ${name}`)) {
    const x = framed(next.next().value.x);
    const damage = tiles(random, 16).add(haze(random, 16));
    await optimiser.step((w) =>
      restore(x.add(damage), w, branches(name))
        .sub(x)
        .square()
        .mean(),
    );
  }
  return net.values();
}
