import * as tf from '@tensorflow/tfjs';
import { bound, check, ink, mean, Plot, random } from 'lab';
import { select, show } from 'lab';
import { task } from './club';
import { fit, type Nets } from './fit';
import { type Layers, weightsOf } from './layer';
import { mayInherit } from './mechanism';

const copied = select('copied', {
  label: 'a child copies',
  options: ['all tensors', 'by formula (6)', 'nothing'],
});

// Parents of width 8: tanh or ReLU, combine or not, 6 of each.
const B = 24;
const each = Array.from({ length: B }, (_, b) => b);
const sizes = [B, task.x.shape[1]!, task.target.shape[1]!];
const layers: Layers = [
  ['gcn', 'sum'],
  ['gcn', 'sum'],
];
const fresh = () => weightsOf(random.normal, sizes, layers);
const parent: Nets = {
  mlp: each.map((b) => b % 2),
  activation: each.map((b) => 1 + (Math.floor(b / 2) % 2)),
  layers,
  w: fresh(),
};
const parents = await fit(parent, 25, 'parents');

// Children with one class changed.
const changes: Record<string, Partial<Nets>> = {
  aggregate: { layers: [layers[0], ['gcn', 'mean']] },
  attention: { layers: [['constant', 'sum'], layers[1]] },
  activation: { activation: each.map(() => 0) },
  combine: { mlp: parent.mlp.map((one) => 1 - one) },
};
const choices = { width: '8', attention: 'gcn', activation: 'own' };
const may = (change: string) =>
  mayInherit(
    choices,
    { ...choices, [change]: 'changed' },
    change === 'combine',
  );
const rows: Record<'birth' | 'after' | 'fresh', number>[] = [];
for (const [name, change] of Object.entries(changes)) {
  const copies =
    copied === 'all tensors' || (copied !== 'nothing' && may(name));
  // Each child twice: with its parent's tensors, and fresh.
  const own = fresh();
  const w = Object.fromEntries(
    Object.entries(own).map(([key, value]) => [
      key,
      tf.concat([copies ? parents.w[key] : value, value]),
    ]),
  );
  const { mlp, activation, layers } = { ...parent, ...change };
  const twice = {
    mlp: [...mlp, ...mlp],
    activation: [...activation, ...activation],
  };
  const child = await fit({ ...twice, layers, w }, 5, name);
  rows.push({
    birth: mean(child.before.slice(0, B)),
    after: mean(child.after.slice(0, B)),
    fresh: mean(child.after.slice(B)),
  });
}

const named = Object.keys(changes).map((name, i) => ({
  child: may(name) ? `✓ ${name}` : name,
  ...rows[i],
}));
const y = 'child';
const word = (
  row: number,
  x: 'birth' | 'after' | 'fresh',
  text: string,
) =>
  Plot.text([{ ...named[row], text }], {
    x,
    y,
    text: 'text',
    dy: -14,
  });
show(
  'sharing',
  Plot.plot({
    title:
      'Children of 24 trained parents, by the class that changed',
    height: 260,
    marginLeft: 84,
    x: {
      label: 'accuracy on nodes without a label',
      inset: 24,
      percent: true,
    },
    y: { label: null, domain: named.map(({ child }) => child) },
    marks: [
      bound({ x: mean(parents.after), label: 'parents' }),
      Plot.link(named, {
        x1: 'birth',
        x2: 'after',
        y1: y,
        y2: y,
        stroke: ink.mechanism,
      }),
      Plot.dot(named, {
        x: 'birth',
        y,
        r: 4,
        stroke: ink.mechanism,
      }),
      Plot.dot(named, { x: 'after', y, r: 5, fill: ink.mechanism }),
      Plot.dot(named, { x: 'fresh', y, r: 5, fill: ink.baseline }),
      word(3, 'birth', 'at birth'),
      word(3, 'after', '5 updates'),
      word(2, 'fresh', 'fresh'),
    ],
  }),
);

const [aggregate, attention, , combine] = rows;
check(
  'five updates of a child that may copy, over a fresh one',
  aggregate.after - aggregate.fresh,
  {
    above: 0.15,
    because: 'shape, attention and activation are the same: (6)',
    breaks: { copied: 'nothing' },
  },
);
check(
  'at birth: accuracy with attention changed, over combine',
  attention.birth - combine.birth,
  {
    above: 0.2,
    because:
      'another combine meets tensors trained for something else',
    breaks: { copied: 'nothing' },
  },
);
