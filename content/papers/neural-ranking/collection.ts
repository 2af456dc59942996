import * as tf from '@tensorflow/tfjs';
import { random, show } from 'lab';
import { unit } from './mechanism';
import { names, nearest, texts, vectors } from './texts';

export const kinds = ['exact', 'mixed', 'paraphrase'] as const;
export const candidates = 20;

/** A query is three words of a document, as they are, each by chance
 *  in another word, or all in other words. It is to be found among
 *  twenty of about the same time, by the first n words of each. */
export function ask(n: number) {
  for (;;) {
    const from = random.integer(0, texts.length - 40);
    const near = random.choice([...Array(40).keys()], candidates);
    const places = near.map((place) => from + place);
    const right = random.integer(0, candidates);
    const text = texts[places[right]].slice(0, n);
    const words = [...new Set(text)].filter(
      (word) => !text.includes(nearest[word]),
    );
    if (words.length < 3) continue;
    const exact = random.choice(words, 3);
    const paraphrase = exact.map((word) => nearest[word]);
    const mixed = exact.map((word) =>
      random.number() < 0.5 ? word : nearest[word],
    );
    return { forms: [exact, mixed, paraphrase], places, right };
  }
}

/** The first n words of every document; −1 where there are fewer. */
const pad = (n: number) =>
  texts.map((text) =>
    Array.from({ length: n }, (_, i) => text[i] ?? -1),
  );

/** Queries as tensors: their words [Q, 9], three forms of three; the
 *  vectors [Q, 9, E]; those of documents [Q, 20·n, E], zero where one
 *  ends early; `there` [Q, 20·n], 0 in such places; y [Q, 20]. */
export function lay(asked: ReturnType<typeof ask>[], n: number) {
  const padded = pad(n);
  const inDocuments = asked.map(({ places }) =>
    places.flatMap((place) => padded[place]),
  );
  const asks = asked.map(({ forms }) => forms.flat());
  const right = asked.map((one) => one.right);
  const ids = tf.tensor2d(inDocuments);
  const there = ids.greaterEqual(0).toFloat();
  return {
    words: tf.tensor2d(asks),
    ids,
    there,
    queries: tf.gather(vectors, asks),
    documents: tf
      .gather(vectors, ids.relu().toInt())
      .mul(there.expandDims(-1)),
    grades: tf.oneHot(right, candidates, 1, 0, 'float32'),
  };
}

/** The mean of its word vectors for every document, at length 1. */
export function averages(n: number) {
  const ids = tf.tensor2d(pad(n));
  const there = ids.greaterEqual(0).toFloat().expandDims(-1);
  const words = tf.gather(vectors, ids.relu().toInt()).mul(there);
  return unit(words.sum(1));
}

const say = (ids: number[]) => ids.map((id) => names[id]).join(' ');
show(
  'asked',
  Array.from({ length: 5 }, () => {
    const [exact, mixed, paraphrase] = ask(32).forms.map(say);
    return { exact, mixed, paraphrase };
  }),
);
