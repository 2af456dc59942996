import * as tf from '@tensorflow/tfjs';
import { adam, baseline, batches, broken, chart, check } from 'lab';
import { data, nn, parameters, select, steps, toArray } from 'lab';
import { axis } from './invariance';
import { standardise } from './mechanism';

type T = tf.Tensor;

const batchSize = select('batchSize', {
  label: 'small batch',
  options: [1, 2, 4, 16, 64],
  value: 2,
});
const reference = select('referenceBatch', {
  label: 'large batch',
  options: [64, 2],
});

// Digits of 8 × 8 pixels. Three networks in one stack, with three
// hidden layers of 64 each: [network, case, neuron].
const normalise = { minus: 0.15, times: 2 };
const sizes = { size: 8, train: 2000, test: 1000 } as const;
const options = { ...sizes, normalise, flat: true };
const { train, test } = await data.mnist(options);
const thrice = (t: T) => tf.stack([t, t, t]);
const start = () => ({
  w1: thrice(nn.he([64, 64])),
  w2: thrice(nn.he([64, 64])),
  w3: thrice(nn.he([64, 64])),
  w4: thrice(nn.he([64, 10])),
  gain: tf.ones([3, 3, 1, 64]),
  bias: tf.zeros([3, 3, 1, 64]),
});

function logits(x: T, net: ReturnType<typeof start>) {
  const [gain, bias] = [tf.unstack(net.gain), tf.unstack(net.bias)];
  let h = x;
  for (const [l, w] of [net.w1, net.w2, net.w3].entries()) {
    const [layer, batch, none] = tf.unstack(tf.matMul(h, w));
    const normal = tf.stack([
      standardise(layer, axis, 1e-5),
      standardise(batch, 0, 1e-5),
      none,
    ]);
    h = tf.relu(normal.mul(gain[l]).add(bias[l]));
  }
  return tf.matMul(h, net.w4);
}

async function compare(size: number, count: number, name: string) {
  const scores = chart(name, {
    title: (rows) => {
      const { layer, batchwise, none } = rows.at(-1)!;
      const behind = Math.max(layer, none) - batchwise > 0.04;
      const seen = behind ? 'falls behind' : 'keeps up';
      return `Batches of ${size}: batch norm ${seen}`;
    },
    over: 'step',
    x: { label: 'training step' },
    y: {
      label: 'test accuracy, %',
      percent: true,
      domain: [0, 100],
    },
    lines: {
      batchwise: baseline('batch norm'),
      none: { label: 'none', as: 'series 1' },
      layer: axis === 1 ? 'layer norm' : broken('over the batch'),
    },
  });
  const net = parameters(start());
  const optimiser = adam(net, { rate: 3e-3 });
  const batch = batches(train, size);
  for await (const step of steps(count, `batches of ${size}`)) {
    const { x, y } = batch.next().value;
    await optimiser.step((net) => {
      const all = logits(x, net);
      const label = tf.oneHot(y, 10, 1, 0, 'float32');
      const log = all.sub(tf.logSumExp(all, -1, true));
      return log.mul(label).sum().div(-size);
    });
    if (step > 0 && (step + 1) % 25) continue;
    const found = logits(test.x, net.values()).argMax(-1);
    const right = await toArray(found.equal(test.y).mean(1));
    const [layer, batchwise, none] = right;
    scores.add({ step: step + 1, layer, batchwise, none });
  }
  return scores.last;
}

const small = await compare(batchSize, 200, 'small batches');
const large = await compare(reference, 100, 'large batches');
const lead = small.layer - small.batchwise;
check('lead of layer norm over batch norm in small batches', lead, {
  above: 0.15,
  because: 'batch norm turns two values of a neuron into +1 and −1',
  breaks: { axis: 'the batch' },
});
const gap = Math.abs(large.layer - large.batchwise);
check('difference of layer and batch norm in large batches', gap, {
  below: 0.04,
  because: 'with 64 cases a batch has statistics to offer',
  breaks: { referenceBatch: 2 },
});
