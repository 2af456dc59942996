import * as tf from '@tensorflow/tfjs';
import { data, ink, nn, select, show, slider } from 'lab';
import { layerCost, ledger, type Net, parse } from './mechanism';

const specs = {
  gradual: '6 6 P 12 12 P 16',
  even: '10 10 P 11 11 P 10',
  falling: '16 12 P 12 6 P 6',
  'pool first': 'P 6 6 P 12 12 16',
  'no pool': '6 6 12 12 16',
};
const design = select('design', {
  label: 'design under test',
  options: Object.keys(specs) as (keyof typeof specs)[],
});
const width = slider('width', {
  label: 'all widths times',
  min: 0.5,
  max: 2,
  step: 0.25,
  value: 1,
});

// He's weights. Where the widths are the same, so are they.
const drawn: Record<string, Net> = {};
function draw(entries: ReturnType<typeof ledger>) {
  const features = entries.at(-1)!.width;
  const net: Net = {
    head: nn.he([features, 10]),
    bias: tf.zeros([10]),
  };
  for (const [i, { from, width }] of entries.entries()) {
    net[`W${i}`] = nn.he([3, 3, from, width], 1 / 3);
    net[`gain${i}`] = tf.ones([width]);
    net[`shift${i}`] = tf.zeros([width]);
  }
  return net;
}

function build(name: keyof typeof specs, colour: string) {
  const layers = parse(specs[name], 3).map((layer) => {
    if (layer === 'P') return layer;
    return { kernel: 3, width: Math.round(layer.width * width) };
  });
  const entries = ledger(layers, 8, 1);
  const widths = entries.map(({ width }) => width);
  drawn[widths.join()] ??= draw(entries);
  const start = drawn[widths.join()];
  const size = Object.values(start).map((t) => t.size);
  const last = layerCost(1, widths.at(-1)!, 10, 1);
  const products = [last, ...entries].map((row) => row.products);
  const sum = (list: number[]) => list.reduce((a, b) => a + b);
  return {
    name,
    colour,
    layers,
    start,
    weights: sum(size),
    products: sum(products),
  };
}

const rivals = [
  build('falling', ink.baseline),
  build('pool first', ink.broken),
  build('no pool', ink.series[1]),
];
export const designs = [build(design, ink.mechanism), ...rivals];
show(
  'budgets',
  designs.map(({ name, weights, products }) => ({
    design: name,
    layers: specs[name],
    weights,
    products,
  })),
);

// Digits of 8 × 8 pixels.
const { train, test } = await data.mnist({
  size: 8,
  train: 2000,
  test: 500,
});
const input = (x: tf.Tensor) =>
  x.reshape([-1, 8, 8, 1]).sub(0.15).mul(2);
export const lessons = { x: input(train.x), y: train.y };
export const x = input(test.x);
export const y = test.y;
