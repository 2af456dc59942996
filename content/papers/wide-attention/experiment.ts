import * as tf from '@tensorflow/tfjs';
import { broken, chart, check, data, mean, nn, Plot } from 'lab';
import { random, slider, steps, tasks, toNumber } from 'lab';
import { weightsOf } from './mechanism';
import { type Net, readDigits, readLists } from './networks';
import { shapes, sizes, trained } from './networks';

const kept = slider('kept', {
  label: 'heads left to the single layer',
  min: 0,
  max: 8,
  step: 1,
  value: 8,
});

// 300 digits of 8 × 8 pixels, cut into 16 tokens of 2 × 2, and
// 300 lists of either kind.
const normalise = { minus: 0.13, times: 2.5 };
const { test } = await data.mnist({ size: 8, train: 0, normalise });
const drawn = random.permutation(1000).slice(0, 300);
const chosen = tf.tensor1d(drawn, 'int32');
const pictures = test.x.gather(chosen).reshape([-1, 8, 8]);
const pixels = nn.patches(pictures, 2);
const classes = test.y.gather(chosen).toInt();
const lists = {
  one: tasks.pointer(300, { hops: 1 }),
  two: tasks.pointer(300, { hops: 2 }),
};

/** Only the first heads of the layer pass on what they read. */
function pruned(net: Net, kept: number): Net {
  const row = tf.range(0, 8 * sizes.headDim).reshape([1, -1, 1]);
  const passed = row.less(kept * sizes.headDim).toFloat();
  return { ...net, o: net.o.mul(passed) };
}

const accuracy = chart('accuracy', {
  title: 'Eight heads in 1, 2, 4 and 8 layers',
  over: 'weights',
  x: {
    type: 'log',
    label: 'weights in the layers',
    domain: [7_000, 42_000],
    ticks: [10_000, 20_000, 40_000],
    tickFormat: ',',
  },
  y: { label: 'right answers', percent: true, domain: [0, 108] },
  also: (rows) =>
    Plot.text(
      rows.map(({ weights }, i) => ({
        weights,
        name: shapes[i].name,
      })),
      { x: 'weights', text: 'name', frameAnchor: 'top' },
    ),
  lines: {
    two: broken('lists, two looks'),
    one: { label: 'lists, one look', as: 'series 2' },
    digits: 'digits',
  },
});
const right = (logits: tf.Tensor, answers: tf.Tensor) =>
  toNumber(nn.accuracy(logits, answers));
for await (const shape of steps(shapes, 'arrangements')) {
  const { layers, heads } = shape;
  const net = (task: string, run = 0) => {
    const whole = trained(task, layers, run);
    return layers === 1 ? pruned(whole, kept) : whole;
  };
  const onList = (task: 'one' | 'two') => {
    const { tokens, answers } = lists[task];
    return right(readLists(tokens, net(task), heads), answers);
  };
  const onDigits = (run: number) =>
    right(readDigits(pixels, net('digits', run), heads), classes);
  const { attention, feedForward } = weightsOf(shape, sizes);
  accuracy.add({
    weights: attention + feedForward,
    one: await onList('one'),
    two: await onList('two'),
    digits: mean([await onDigits(0), await onDigits(1)]),
  });
}

const [wide] = accuracy.rows;
const deep = accuracy.last;
const lead = wide.digits - deep.digits;
check('right digits of one layer, less those of eight', lead, {
  above: -0.06,
  because: 'the same heads side by side read nearly as well',
  breaks: { kept: 0 },
});
