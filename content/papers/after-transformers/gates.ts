import type * as tf from '@tensorflow/tfjs';
import { baseline, chart, check, random, select } from 'lab';
import { theory, toArray, toNumber } from 'lab';
import { crowding, faded, read, write } from './mechanism';
import { d, decay, errorOf, fill, pairs } from './memories';
import { strength } from './memories';

const gate = select('gate', {
  label: 'the gate is open',
  options: ['for marked tokens', 'always'],
});

// Of 128 tokens twelve are marked; the rest is noise, and nobody
// will ask for it.
const n = 128;
const kept = 12;
const drawn = pairs(16, n);
const marked = random
  .choice(
    Array.from({ length: n }, (_, place) => place),
    kept,
  )
  .sort((a, b) => a - b);
const isOpen = (place: number) =>
  gate === 'always' || marked.includes(place) ? 1 : 0;

// The gate depends on the token: on noise it neither writes nor
// forgets. Retention treats every token alike.
const selective = fill(drawn, n, (s, k, v, place) =>
  write(s, k, v, 1, isOpen(place)),
);
const alike = fill(drawn, n, (s, k, v) => write(s, k, v, decay, 1));

const places = (x: tf.Tensor) => x.gather(marked, 1);
const keys = places(drawn.keys);
const values = places(drawn.values);
const of = (memory: tf.Tensor) =>
  toArray(strength(read(memory, keys), values));
const [open, shut] = [await of(selective), await of(alike)];
const rows = marked.map((place, i) => ({
  place,
  law: faded(decay, n - 1 - place),
  retention: shut[i],
  selective: open[i],
}));
chart(
  'marked',
  {
    title: 'What is left of twelve marked tokens among 128',
    over: 'place',
    x: { label: 'place of the token', domain: [0, n] },
    y: { label: 'strength ⟨S k, v⟩', domain: [-0.1, 1.3] },
    lines: {
      law: theory('λᵃ'),
      retention: { ...baseline('retention'), dots: 'only' },
      selective: { label: 'selective', dots: 'only' },
    },
  },
  rows,
);

const error = await toNumber(
  errorOf(read(selective, keys), values),
);
check(
  'error of marked tokens, over formula (4)',
  error / crowding(kept, d),
  {
    near: 1,
    within: 0.2,
    because: 'a shut gate leaves twelve pairs in the memory',
    breaks: { gate: 'always' },
  },
);
const eldest = rows[0].selective - rows[0].retention;
check('lead of the gate on the oldest marked token', eldest, {
  above: 0.4,
  because: 'a decay that is the same for all fades what matters',
  breaks: { decay: 1 },
});
