import * as tf from '@tensorflow/tfjs';
import { adam, baseline, batches, broken, chart } from 'lab';
import { parameters, random, select, steps, toArray } from 'lab';
import { accumulatedLoss, cutTo, readOut } from './mechanism';
import { states, subModel } from './mechanism';
import { digits, numBlocks, numUnits } from './sizes';
import { start, toAll, toldRight } from './sizes';

const accumulate = select('accumulate', {
  label: 'sub-models an update',
  options: [1, 4, 16],
  value: 4,
});
const sampled = select('sampled', {
  label: 'widths drawn',
  options: ['all', 'up to 32'],
});
const updates = 120;
const batch = 128;

// Five networks from one start, trained side by side. Three differ
// in what an update trains; two are only ever of one small size.
export const names = ['sorted', 'unsorted', 'cut'];
export const alone = [
  { width: 8, depth: 4 },
  { width: 32, depth: 4 },
];
const count = names.length + alone.length;
const inOrder = Array.from({ length: numUnits }, (_, j) => j);

/** Masks of one update: for each network g sub-models of (1). */
function draw() {
  const each = Array.from({ length: accumulate }, () => ({
    width: 2 * random.integer(1, sampled === 'all' ? 33 : 17),
    depth: random.integer(0, numBlocks + 1),
    places: random.permutation(numUnits),
  }));
  const whole = { width: numUnits, depth: numBlocks };
  const sorted = each.map((s) => ({ ...s, places: inOrder }));
  const fixed = [whole, ...alone].map((size) =>
    each.map(() => ({ ...size, places: inOrder })),
  );
  const all = [sorted, each, ...fixed].flat();
  const masks = subModel(
    tf.tensor2d(all.map(({ places }) => places)),
    tf.tensor1d(all.map(({ width }) => width)),
    tf.tensor1d(all.map(({ depth }) => depth)),
    numBlocks,
  );
  const times = [1, 1, batch / accumulate, 1];
  const rows = masks.expandDims(2).tile(times);
  return rows.reshape([numBlocks + 1, count, batch, numUnits]);
}

const course = chart('course', {
  title: 'The first 16 of 64 units alone, during training',
  over: 'update',
  x: { label: 'updates' },
  y: { label: 'test accuracy', percent: true },
  lines: {
    cut: broken('cut'),
    unsorted: baseline('unsorted'),
    sorted: 'sorted',
  },
});
const net = parameters(start(count));

async function look(update: number) {
  const { x, y } = digits.test;
  const right = toldRight(x, y, cutTo(net.values(), 16));
  const shares = right.gather(numBlocks).mean(1);
  const [sorted, unsorted, cut] = await toArray<number[]>(shares);
  course.add({ update, sorted, unsorted, cut });
}

const optimiser = adam(net, { rate: 0, beta2: 0.98 });
const feed = batches(digits.train, batch);
for await (const update of steps(updates, 'training')) {
  if (update % 20 === 0) await look(update);
  const { x, y } = feed.next().value;
  const masks = draw();
  const many = toAll(x, count);
  const answers = toAll(tf.oneHot(y, 10).toFloat(), count);
  const part = Math.cos((Math.PI * update) / updates);
  optimiser.rate = 0.006 * (1 + part);
  await optimiser.step((values) => {
    const last = states(many, values, masks).at(-1)!;
    return accumulatedLoss(readOut(last, values), answers);
  });
}
await look(updates);
export const trained = net.values();
