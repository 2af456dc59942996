import * as tf from '@tensorflow/tfjs';
import { chart, data, random } from 'lab';

// The 500 most frequent content words of 233 addresses.
const { passages, words } = await data.sotu();
const { index } = await data.words({ content: true });
const tally = new Map<number, number>();
for (const id of passages.flatMap((passage) => passage.ids))
  if (index.has(words[id])) tally.set(id, (tally.get(id) ?? 0) + 1);
const order = [...tally].sort((a, b) => b[1] - a[1]);
const kept = order.slice(0, 500).map(([id]) => id);
export const vocabulary = kept.map((id) => words[id]);
const numbers = new Map(kept.map((id, i) => [id, i]));

/** The passages in these words, each a list of their numbers. */
export const texts = passages.map(({ ids }) =>
  ids.flatMap((id) => numbers.get(id) ?? []),
);

// An address is a year; of its passages a third asks, drawn anew.
const nameOf = passages.map((p) => `${p.year} ${p.president}`);
const names = [...new Set(nameOf)];
export const years = names.map((name) => Number(name.slice(0, 4)));
const counted = () =>
  names.map(() => new Array<number>(500).fill(0));
const [stored, asking] = [counted(), counted()];
for (const [row, name] of names.entries()) {
  const all = [...texts.keys()].filter((i) => nameOf[i] === name);
  const third = random.choice(all, Math.floor(all.length / 3));
  for (const i of all)
    for (const word of texts[i])
      (third.includes(i) ? asking : stored)[row][word]++;
}
export const documents = tf.tensor2d(stored);
export const queries = tf.tensor2d(asking);

// What there is to find: words come and go with the years.
const spans = [...new Set(years.map((y) => y - (y % 20)))].slice(
  0,
  -1,
);
function share(word: string, span: number) {
  const rows = stored.filter((_, i) => {
    const since = years[i] - span;
    return since >= 0 && since < 20;
  });
  const at = vocabulary.indexOf(word);
  const all = rows.flat().reduce((a, b) => a + b);
  return rows.reduce((sum, row) => sum + row[at], 0) / all;
}
chart('words', {
  title: 'Three words, each with its time',
  over: 'year',
  x: { label: 'twenty years from', tickFormat: 'd' },
  y: { label: 'share of content words', percent: true },
  lines: {
    treaty: { label: 'treaty', as: 'series 1', dots: false },
    labor: { label: 'labor', as: 'series 2', dots: false },
    jobs: { label: 'jobs', as: 'series 3', dots: false },
  },
}).add(
  ...spans.map((year) => ({
    year,
    treaty: share('treaty', year),
    labor: share('labor', year),
    jobs: share('jobs', year),
  })),
);
