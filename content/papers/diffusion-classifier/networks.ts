import * as tf from '@tensorflow/tfjs';
import { adam, data, nn, parameters, random, select } from 'lab';
import { slider, steps, weights } from 'lab';
import { alphaBar, denoise, denoisingLoss } from './mechanism';
import { noisy, timeCode, type Weights } from './mechanism';

const network = select('network', {
  label: 'read from the network',
  options: ['trained', 'untrained'],
});
const updates = slider('updates', {
  label: 'train it further, updates',
  min: 0,
  max: 150,
  value: 0,
  step: 50,
});

// A thousand noise steps; the cells look at six of them.
export const kept = alphaBar(1000, 1e-4, 0.02);
export const times = [10, 30, 90, 200, 400, 700];
export const codeOf = (t: number[]) => timeCode(t, 8, 1000);
export const keptOf = (t: number[]) =>
  tf.tensor2d(t.map((t) => [kept[t]]));

export const { train, test } = await data.mnist({
  size: 14,
  test: 1000,
  flat: true,
  normalise: 'signed',
});
export const trained = await shipped();
export const untrained = initial();
const begun = network === 'trained' ? trained : untrained;
export const chosen = updates > 0 ? await further(begun) : begun;

/** Matrices lie in the file as bytes, each with its scale. */
async function shipped(): Promise<Weights> {
  const file = await weights('diffusion-classifier');
  const whole: Weights = {};
  for (const [name, values] of Object.entries(file)) {
    const scale = file[`${name}/scale`];
    if (name.includes('/')) continue;
    whole[name] = scale ? values.toFloat().mul(scale) : values;
  }
  return whole;
}

/** What its training began with: the same shapes, at random. */
function initial(): Weights {
  const fresh = (name: string, { shape }: tf.Tensor) => {
    if (shape.length === 1) return tf.zeros(shape);
    const small = name.startsWith('v') || name === 'w6';
    return nn.he(shape, small ? 0.3 : 1);
  };
  const all = Object.entries(trained);
  return Object.fromEntries(all.map(([n, w]) => [n, fresh(n, w)]));
}

/** Further updates of the loss (2), on digits without labels. */
async function further(begun: Weights): Promise<Weights> {
  const copies = Object.entries(begun).map(([n, w]) => [
    n,
    w.clone(),
  ]);
  const net = parameters(Object.fromEntries(copies) as Weights);
  const optimiser = adam(net, { rate: 1e-3 });
  for await (const _ of steps(updates, 'updates')) {
    const t = Array.from(Array(128), () => random.integer(0, 1000));
    const clean = train.x.gather(random.integers([128], 0, 5000));
    const noise = random.normal([128, 196]);
    const x = noisy(clean, noise, keptOf(t));
    const code = codeOf(t);
    await optimiser.step((net) =>
      denoisingLoss(denoise(x, code, net).noise, noise),
    );
  }
  return net.values();
}
