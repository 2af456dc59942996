import * as tf from '@tensorflow/tfjs';
import { check, data, ink, nn, Plot, select } from 'lab';
import { show, slider, toArray, toNumber } from 'lab';
import { batchStd, bnRelu, evoNormB0, gated } from './mechanism';
import { groupStd, instanceStd, shifted } from './mechanism';

type T = tf.Tensor;

const v = slider('v', { min: 0, max: 3, value: 1, step: 0.1 });
const scope = select('scope', {
  label: 'S0 takes its deviation over',
  options: ['the image', 'the whole batch'],
});

// 64 digits through eight random 3 × 3 filters: [1, 64, 64, 8].
const set = { train: 64, test: 0, size: 8 } as const;
const normalise = { minus: 0.15, times: 2 };
const { train } = await data.mnist({ ...set, normalise });
const filters = nn.he([3, 3, 1, 8]) as tf.Tensor4D;
const maps = tf.conv2d(train.x as tf.Tensor4D, filters, 1, 'same');
const x = maps.reshape([1, 64, 64, 8]);
const gate = tf.fill([1, 1, 1, 8], v);
const gain = tf.ones([1, 1, 1, 8]);
const shift = tf.zeros([1, 1, 1, 8]);

const evoNormS0 = (x: T) => {
  const shape = scope === 'the image' ? x.shape : [1, 1, -1, 8];
  const std = groupStd(x.reshape(shape), 2, 1e-5);
  return gated(x, gate).div(std);
};
const B0 = evoNormB0(x, { gate, gain, shift }, 1e-5);
const layers: Record<string, { y: T; stroke: string }> = {
  'BN-ReLU': {
    y: bnRelu(x, { gain, shift }, 1e-5),
    stroke: ink.baseline,
  },
  'no max': {
    y: x.div(shifted(x, gate, 1e-5)),
    stroke: ink.broken,
  },
  B0: { y: B0, stroke: ink.mechanism },
  S0: { y: evoNormS0(x), stroke: ink.mechanism },
};

// The channel that reaches highest; of 64 images five, from the
// faintest (pale) to the strongest (full).
const tops = await toArray<number[]>(x.max([0, 1, 2]));
const channel = tops.indexOf(Math.max(...tops));
const one = (t: T) => t.slice([0, 0, 0, channel], [-1, -1, -1, 1]);
const read = (t: T) => toArray<number[]>(one(t).flatten());
const [s_b] = await read(batchStd(x, 1e-5));
const s_i = await read(instanceStd(x, 1e-5));
const byStrength = [...s_i.keys()].sort((a, b) => s_i[a] - s_i[b]);
const inputs = await read(x);
const marks = [];
for (const [layer, { y, stroke }] of Object.entries(layers)) {
  const outputs = await read(y);
  for (const [i, rank] of [0, 16, 32, 48, 63].entries()) {
    const points = [...Array(64).keys()]
      .map((p) => 64 * byStrength[rank] + p)
      .map((at) => ({ layer, x: inputs[at] / s_b, y: outputs[at] }))
      .sort((a, b) => a.x - b.x);
    const line = {
      x: 'x',
      y: 'y',
      fx: 'layer',
      clip: true,
      stroke,
    };
    const strokeOpacity = 0.3 + 0.175 * i;
    const wide = { strokeWidth: 1.8, strokeOpacity };
    marks.push(Plot.line(points, { ...line, ...wide }));
  }
}
const thin = { stroke: ink.muted, strokeOpacity: 0.3 };
show(
  'shape',
  Plot.plot({
    title: 'What one channel answers, for five digits',
    fx: { label: null, domain: Object.keys(layers) },
    x: {
      label: 'input x, in batch deviations',
      domain: [-2.5, 3.5],
      ticks: [-2, 0, 2],
    },
    y: { label: 'output y', domain: [-2, 2.5] },
    marks: [Plot.ruleX([0], thin), Plot.ruleY([0], thin), marks],
  }),
);

const highest = await toNumber(B0.max());
check('largest output of EvoNorm-B0', highest, {
  below: 1,
  because: 'formula (4): no output exceeds 1/v, which is 1 here',
  breaks: { v: 0 },
});
const first = (t: T) => t.slice([0, 0], [1, 1]);
const alone = evoNormS0(first(x)).sub(first(layers.S0.y));
const changed = await toNumber(alone.abs().greater(1e-3).mean());
check(
  'outputs of S0 that change without the other images',
  changed,
  {
    below: 0.05,
    because: 'formula (2) takes its deviation from one image alone',
    breaks: { scope: 'the whole batch' },
  },
);
