import * as tf from '@tensorflow/tfjs';
import { baseline, chart, check, gradients, parameters } from 'lab';
import { random, select, theory, toNumber } from 'lab';
import { accumulatedLoss, readOut } from './mechanism';
import { states, subModel } from './mechanism';
import { digits, numBlocks, numUnits, start, toAll } from './sizes';

const draws = select('draws', {
  label: 'sub-models of an update',
  options: ['independent', 'one repeated'],
});

// Gradients of 40 sub-models on the same 32 digits: a stack of 40
// copies of one network, each masked in its own way.
const sizes = [8, 16, 24, 32, 40, 48, 56, 64].flatMap((width) =>
  [0, 1, 2, 3, 4].map((depth) => ({ width, depth })),
);
const [many, batch] = [sizes.length, 32];
const net = parameters(start(many));
const x = toAll(digits.train.x.slice([0], [batch]), many);
const labels = digits.train.y.slice(0, batch);
const y = toAll(tf.oneHot(labels, 10).toFloat(), many);
const masks = subModel(
  tf.range(0, numUnits).expandDims(0),
  tf.tensor1d(sizes.map(({ width }) => width)),
  tf.tensor1d(sizes.map(({ depth }) => depth)),
  numBlocks,
);
const rows = masks.expandDims(2).tile([1, 1, batch, 1]);
const slopes = gradients(net, (values) => {
  const last = states(x, values, rows).at(-1)!;
  return accumulatedLoss(readOut(last, values), y);
}).gradients;
const flat = Object.values(slopes).map((g) =>
  g.reshape([many, -1]),
);
const each = tf.concat(flat, 1);
const apart = each.sub(each.mean(0, true));
const gram = tf.matMul(apart, apart, false, true);
const spread = await toNumber(gram.mul(tf.eye(many)).sum());

/** Share of σ² left in the mean of g draws, over 2,000 updates. */
async function varianceOf(g: number, independent: boolean) {
  const drawn = random.integers(
    [2000, independent ? g : 1],
    0,
    many,
  );
  const counts = tf.oneHot(drawn, many, 1, 0, 'float32').mean(1);
  const squares = tf.matMul(counts, gram).mul(counts).sum(1);
  return (await toNumber(squares.mean())) / (spread / many);
}

const left = chart('variance', {
  title: 'Variance of an update that averages g sub-models',
  over: 'g',
  x: {
    type: 'log',
    label: 'sub-models an update',
    ticks: [1, 2, 4, 8, 16],
  },
  y: { type: 'log', label: 'variance, one sub-model = 1' },
  lines: {
    law: theory('1/g'),
    repeated: baseline('one repeated'),
    independent: { label: 'independent', dots: 'only' },
  },
});
for (const g of [1, 2, 4, 8, 16])
  left.add({
    g,
    law: 1 / g,
    repeated: await varianceOf(g, false),
    independent: await varianceOf(g, true),
  });
const { independent, repeated } = left.last;
const found = draws === 'independent' ? independent : repeated;
check('variance of 16 sub-models, times 16', 16 * found, {
  between: [0.75, 1.3],
  because: 'formula (3): independent draws, variance σ²/g',
  breaks: { draws: 'one repeated' },
});
