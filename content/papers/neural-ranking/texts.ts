import * as tf from '@tensorflow/tfjs';
import { data, random, select, toArray } from 'lab';
import { interact } from './mechanism';

const corpus = select('corpus', {
  label: 'documents',
  options: ['speeches', 'planted synonyms'],
});

/** Passages of addresses in their 1200 commonest content words, in
 *  order of time. */
async function speeches() {
  const { passages, words } = await data.sotu();
  const { index } = await data.words({ content: true });
  const tally = new Map<number, number>();
  for (const id of passages.flatMap((passage) => passage.ids))
    if (index.has(words[id]))
      tally.set(id, (tally.get(id) ?? 0) + 1);
  const kept = [...tally]
    .sort((a, b) => b[1] - a[1])
    .slice(0, 1200);
  const number = new Map(kept.map(([id], i) => [id, i]));
  const all = await data.words({ unit: true });
  return {
    names: kept.map(([id]) => words[id]),
    vectors: tf.gather(
      all.vectors,
      kept.map(([id]) => id),
    ),
    texts: passages.map(({ ids }) =>
      ids.flatMap((id) => number.get(id) ?? []),
    ),
  };
}

/** 80 concepts of five words each; half of a document is about
 *  one of eight topics, ten concepts each, half about anything. */
function planted() {
  const concepts = random.normal([80, 1, 16]);
  const words = concepts.add(random.normal([80, 5, 16], 0, 0.45));
  const flat = words.reshape([400, 16]);
  const text = (_: unknown, i: number) =>
    Array.from({ length: 32 }, (_, j) =>
      j % 2
        ? random.integer(0, 400)
        : 50 * Math.floor(i / 200) + random.integer(0, 50),
    );
  return {
    names: Array.from({ length: 400 }, (_, i) => {
      const concept = Math.floor(i / 5);
      return `${concept + 1}${'abcde'[i % 5]}`;
    }),
    vectors: flat.div(flat.norm(2, -1, true)),
    texts: Array.from({ length: 1600 }, text),
  };
}

const source = corpus === 'speeches' ? await speeches() : planted();
export const { names, vectors } = source;
export const texts = source.texts
  .map((text) => text.slice(0, 32))
  .filter((text) => text.length >= 20);

// For each word another that is said in its place: the nearest.
const alike = interact(vectors, vectors);
const others = alike.sub(tf.eye(names.length).mul(2)).argMax(1);
export const nearest = await toArray<number[]>(others);
