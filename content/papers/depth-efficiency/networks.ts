import * as tf from '@tensorflow/tfjs';
import { adam, batches, data, nn, parameters } from 'lab';
import { random, select, show, slider, steps, weights } from 'lab';
import { type Net, readOut, stream } from './mechanism';

export const network = select('network', {
  label: 'the deep network is',
  options: ['trained', 'random'],
});
export const [layers, d] = [12, 48];

// Trained beforehand: two trainings each, the seed picks one.
const stored = await weights('depth-efficiency');
const which = random.integer(0, 2);
show('training', `These networks are of training ${which + 1}.`);
const names = ['embed', 'up', 'bias', 'down', 'head'] as const;
const net = (layers: number) =>
  Object.fromEntries(
    names.map((name) => [
      name,
      stored[`${layers}/${name}`].gather(which),
    ]),
  ) as Net;
export const shallow = net(4);
export const trained = net(12);

// The same twelve layers before training: what any such network
// does, and no evidence of anything learnt.
const normal = (shape: number[]) =>
  random.normal(shape, 0, 1 / Math.sqrt(shape.at(-2)!));
export const untrained: Net = {
  embed: normal([64, d]),
  up: normal([layers, d, 64]),
  bias: tf.zeros([layers, 64]),
  down: normal([layers, 64, d]),
  head: normal([d, 10]),
};

const updates = slider('updates', {
  label: 'train it further, updates',
  min: 0,
  max: 300,
  value: 0,
  step: 20,
});
const { train, test } = await data.mnist({
  size: 8,
  train: 4000,
  test: 1000,
  flat: true,
});
const pixels = (x: tf.Tensor) => x.mul(2).sub(0.3);
export const images = pixels(test.x);
export const labels = test.y;

const begun = network === 'trained' ? trained : untrained;
export const deep = updates > 0 ? await further(begun) : begun;

async function further(begun: Net): Promise<Net> {
  const net = parameters<Net>(begun);
  const optimiser = adam(net, { rate: 2e-3 });
  const batch = batches(train, 128);
  for await (const _ of steps(updates, 'updates')) {
    const { x, y } = batch.next().value;
    await optimiser.step((w) => {
      const { states } = stream(pixels(x), w);
      return nn.crossEntropy(readOut(states.at(-1)!, w), y);
    });
  }
  return net.values();
}
