import * as tf from '@tensorflow/tfjs';
import { chart, check, images, nn, select, show } from 'lab';
import { slider, tasks, toArray, toNumber } from 'lab';
import { observe, shapes, trained } from './networks';

type T = tf.Tensor;

const task = select('task', {
  label: 'lists that ask for',
  options: ['two looks', 'one look'],
});
const token = slider('token', {
  label: 'the token that looks (the pointer is 6)',
  min: 0,
  max: 6,
  step: 1,
  value: 6,
});
const hops = task === 'one look' ? 1 : 2;
function see(
  tokens: T,
  layers: number,
  heads: number,
  hops: number,
) {
  const net = trained(hops === 1 ? 'one' : 'two', layers);
  return observe(tokens, net, heads, token);
}

// One list six times, with the pointer at each of its slots.
const list = [3, 5, 0, 4, 1, 2];
export const pointed = tf.tensor2d(
  list.map((_, q) => [...list, 6 + q]),
  [6, 7],
  'int32',
);
const first = tf.eye(6, 7);
const next = first.gather(tf.tensor1d(list, 'int32'));
const rows: Record<string, T> = {
  'slot q, slot T_q': tf.stack([first, next]),
  'one look, 1 × 8': see(pointed, 1, 8, 1).layers.squeeze([0]),
};
for (const { name, layers, heads } of shapes) {
  const seen = see(pointed, layers, heads, hops).layers;
  rows[`${task}, ${name}`] = seen.reshape([8, 6, 7]);
}
show(
  'looks',
  await images(rows, {
    title:
      'Where eight heads look while the pointer goes down the list',
    range: [0, 1],
    inks: {
      'one look, 1 × 8': 'mechanism',
      'two looks, 1 × 8': 'broken',
    },
  }),
);

// 500 lists: who is right, and where does each layer look most?
const { tokens, answers } = tasks.pointer(500, { hops });
const one = see(tokens, 1, 8, hops);
const two = see(tokens, 2, 4, hops);
const eight = see(tokens, 8, 1, hops);
const pointer = tokens.slice([0, 6], [-1, 1]).squeeze([1]).sub(6);
const mark = tf.oneHot(pointer.toInt(), 6).toInt();
const read = tokens.slice([0, 0], [-1, 6]).mul(mark).sum(1);

/** Shares of lists, layer by layer; its heads are averaged. */
function shares(layers: T, slot: T) {
  const looks = layers.mean(1);
  const most = looks.slice([0, 0, 0], [-1, -1, 6]).argMax(2);
  return toArray<number[]>(most.equal(slot.toInt()).mean(1));
}
const atPointer = await shares(eight.layers, pointer);
const atRead = await shares(eight.layers, read);
chart(
  'stages',
  {
    title: (rows) =>
      hops === 2 && rows[7].read > 0.9
        ? 'Eight layers of one head: first slot q, later slot T_q'
        : 'Eight layers of one head: where each looks most',
    over: 'layer',
    x: { label: 'layer', ticks: [1, 2, 3, 4, 5, 6, 7, 8] },
    y: { label: 'lists', percent: true, domain: [0, 100] },
    lines: {
      pointer: { label: 'at slot q', as: 'series 2' },
      read: { label: 'at slot T_q', as: 'series 1' },
    },
  },
  atPointer.map((pointer, l) => ({
    layer: l + 1,
    pointer,
    read: atRead[l],
  })),
);

const right = (logits: T) => toNumber(nn.accuracy(logits, answers));
const lead = (await right(two.logits)) - (await right(one.logits));
check('right answers of two layers, less those of one', lead, {
  above: 0.25,
  because: 'where to look next is known only after the first look',
  breaks: { task: 'one look' },
});
const [, second] = await shares(two.layers, read);
check(
  'lists in which layer 2 looks elsewhere than T_q',
  1 - second,
  {
    below: 0.2,
    because:
      'the second look goes where the first led, formula (5)',
    breaks: { token: 1 },
  },
);
