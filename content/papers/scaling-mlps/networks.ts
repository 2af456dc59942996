import * as tf from '@tensorflow/tfjs';
import { nn, select, slider, variant } from 'lab';
import { count, order } from './digits';
import { invertedBottleneck, mlp, permuteRows } from './mechanism';
import { type Net, standardLayer } from './mechanism';

type T = tf.Tensor;

const width = slider('width', {
  label: 'width m',
  min: 8,
  max: 64,
  value: 32,
  step: 8,
});
const numBlocks = select('numBlocks', {
  label: 'blocks L',
  options: [1, 2, 3],
});
const expansion = 4;
const blocks = { invertedBottleneck, standardLayer };
const block = variant('block', blocks, { label: 'block' });
const firstLayer = select('firstLayer', {
  label: 'first layer of the twin',
  options: ['follows the pixels', 'stays as it was'],
});

// All thirteen networks start from the same weights, but that the
// rows of the twin's first layer follow its pixels.
const times = (n: number, make: () => T) =>
  tf.stack(Array.from({ length: n }, make));
const inStack = (weights: T) => times(count, () => weights);
const inBlocks = (shape: [number, number], gain: number) =>
  times(numBlocks, () => inStack(nn.he(shape, gain)));
const zeros = (size: number) => tf.zeros([count, 1, size]);
const zerosInBlocks = (size: number) =>
  times(numBlocks, () => zeros(size));

const embed = nn.he([196, width]);
const follows = firstLayer === 'follows the pixels';
const ofTwin = follows ? permuteRows(embed, order) : embed;
const others = inStack(embed).slice([0], [count - 1]);
const inverted = block === invertedBottleneck;
const wide = inverted ? expansion * width : width;
const expanding = {
  expand: inBlocks([width, wide], 1),
  expandBias: zerosInBlocks(wide),
};
export const start = tf.concat([others, ofTwin.expandDims(0)]);
export const initial: Record<string, T> = {
  embed: start,
  embedBias: zeros(width),
  contract: inBlocks([wide, width], inverted ? 0.3 : 1),
  contractBias: zerosInBlocks(width),
  head: inStack(nn.he([width, 10])),
  headBias: zeros(10),
  ...(inverted ? expanding : {}),
};

/** Logits of all networks: [13, B, 196] → [13, B, 10]. */
export const logits = (x: T, values: Record<string, T>) =>
  mlp(x, values as Net, block);

/** 1 where a network is wrong: [13, B, 196] → [13, B]. */
export const mistakes = (
  x: T,
  truth: T,
  values: Record<string, T>,
) => logits(x, values).argMax(2).notEqual(truth).toFloat();
