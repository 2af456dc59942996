import * as tf from '@tensorflow/tfjs';
import { adam, check, images, nn, parameters, random } from 'lab';
import { select, show, steps, toNumber, variant } from 'lab';
import { begin, follow, hard, keysOf, project } from './mechanism';
import { residual, soft } from './mechanism';
import { cloud, dot, grid, paint, size } from './square';

type T = tf.Tensor;

export const between = select('keys', {
  label: 'keys between the stages are',
  options: ['kept', 'redrawn'],
});
const lookup = variant(
  'lookup',
  { hard, soft },
  { label: 'the lookup of the toy is' },
);
const [C, K] = select('table', {
  label: 'table of the toy, codebooks × pairs',
  options: ['20 × 20', '1 × 400'],
})
  .split(' × ')
  .map(Number);

// Two of eight classes arrive in each stage.
const stages = [0, 1, 2, 3].map((i) => cloud([i, i + 4], 50));
const test = cloud([0, 1, 2, 3, 4, 5, 6, 7], 100);

// Every codebook looks at the square along two directions. Its keys
// are placed on points of the square, which have no class.
function tableReader() {
  const raw = random.normal([C, 2, 2]);
  const lengths = raw.norm('euclidean', 1, true);
  const along = C > 1 ? raw.div(lengths) : tf.eye(2).expandDims(0);
  const heads = (count: number) =>
    project(random.uniform([count, 2]), along);
  let books = begin(heads(K), 400 / K);
  for (let batch = 0; batch < 20; batch++) {
    books = tf.tidy(() => follow(books, heads(400), heads(K), 0.9));
  }
  const keys = keysOf(books);
  return (x: T) => lookup(project(x, along), keys);
}
let read = tableReader();
const values = tf.variable(tf.zeros([C * K, 8]));
const table = (x: T) => tf.matMul(read(x), values).div(C);

// The network that it is compared with, 2–32–8.
const net = parameters({
  w1: random.uniform([2, 32], -0.7, 0.7),
  b1: random.uniform([32], -0.7, 0.7),
  w2: random.uniform([32, 8], -0.18, 0.18),
  b2: random.uniform([8], -0.18, 0.18),
});
const logits = ({ w1, b1, w2, b2 }: Record<string, T>, x: T) =>
  nn.dense(nn.dense(x, w1, b1).relu(), w2, b2);
const network = (x: T) => logits(net.values(), x);

const maps = { table: [] as T[], network: [] as T[] };
async function draw(points: T) {
  maps.table.push(dot(paint(table(grid)), points));
  maps.network.push(dot(paint(network(grid)), points));
  const rows = {
    'key-value table': tf.stack(maps.table),
    network: tf.stack(maps.network),
  };
  const picture = await images(rows, {
    title: 'What each believes of the square, stage after stage',
    columns: maps.table.map((_, i) => `stage ${i + 1}`),
    palette: 'rgb',
    range: [0, 1],
    inks: { 'key-value table': 'mechanism', network: 'baseline' },
  });
  show('maps', picture);
}

const rate = 200 * C;
/** Formula (5); the read is a matrix here, so it may be soft. */
const learn = (read: T, targets: T) => {
  const error = residual(tf.matMul(read, values).div(C), targets);
  const move = tf.matMul(read, error, true).mul(rate / C);
  values.assign(values.sub(move) as T & typeof values);
};
for (const { x, labels } of stages) {
  if (between === 'redrawn') read = tableReader();
  const targets = tf.oneHot(labels, 8).toFloat();
  const known = read(x);
  const optimiser = adam(net, { rate: 0.06 });
  for await (const _ of steps(18, 'a stage')) {
    learn(known, targets);
    await optimiser.step((w) =>
      nn.crossEntropy(logits(w, x), labels),
    );
  }
  await draw(x);
}
const share = async (model: (x: T) => T) =>
  toNumber(nn.accuracy(model(test.x), test.labels));
const [kept, left] = [await share(table), await share(network)];
show(
  'left',
  `After four stages, of all eight classes: the table is right in ${percent(kept)}, the network in ${percent(left)}.`,
);
function percent(share: number) {
  return `${Math.round(100 * share)} %`;
}

// One more example, in the middle of the square and called class 0,
// as a single step: where does any logit move?
const one = tf.tensor2d([[0.5, 0.5]]);
const label = tf.tensor1d([0], 'int32');
const target = tf.oneHot(label, 8).toFloat();
const moved = async (model: (x: T) => T, step: () => unknown) => {
  const before = model(grid);
  await step();
  return model(grid).sub(before).abs().max(1);
};
const byTable = await moved(table, () => learn(read(one), target));
const byNetwork = await moved(network, () =>
  adam(net, { rate: 0.03 }).step((w) =>
    nn.crossEntropy(logits(w, one), label),
  ),
);
const asPicture = (change: T) =>
  change.div(change.max().add(1e-9)).reshape([1, size, size]);
show(
  'reach',
  await images(
    {
      'key-value table': asPicture(byTable),
      network: asPicture(byNetwork),
    },
    {
      title: 'How much one example moves each point of the square',
      range: [0, 1],
      inks: { 'key-value table': 'mechanism', network: 'baseline' },
    },
  ),
);
const touched = await toNumber(byTable.greater(1e-6).mean());

check('toy: lead of the table over the network', kept - left, {
  above: 0.5,
  because: 'formula (5): a stage writes only where its points lie',
  breaks: { keys: 'redrawn' },
});
check('part of the square that one example moves', touched, {
  below: 0.6,
  because: 'formula (6): no shared key, no change',
  breaks: { lookup: 'soft' },
});
