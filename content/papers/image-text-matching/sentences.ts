import * as tf from '@tensorflow/tfjs';
import { random, variant } from 'lab';
import { bagOfWords, skipPairs, sortedPairs } from './mechanism';

// Two words for each digit, and the grammar around them.
const numbers = [
  ['zero', 'nought'],
  ['one', 'single'],
  ['two', 'pair'],
  ['three', 'trio'],
  ['four', 'quartet'],
  ['five', 'quintet'],
  ['six', 'sextet'],
  ['seven', 'septet'],
  ['eight', 'octet'],
  ['nine', 'nonet'],
];
const openings = ['', 'a', 'the', 'see a', 'here is a'];
const relations = ['left of', 'before', 'then', 'followed by'];
const articles = ['', 'a', 'the'];
const all = [...numbers.flat(), ...openings, ...relations].join(
  ' ',
);
export const vocabulary = [...new Set(all.split(/ +/))];

export const pick = <T>(items: T[]) =>
  items[random.integer(0, items.length)];

/** Some sentence that says: a on the left, b on the right. */
export function write([a, b]: number[]) {
  const [opening, relation] = [pick(openings), pick(relations)];
  const [left, right] = [pick(numbers[a]), pick(numbers[b])];
  const parts = [opening, left, relation, pick(articles), right];
  return parts.filter((part) => part !== '').join(' ');
}

const hashes = {
  'as written': skipPairs,
  'sorted first': sortedPairs,
};
const label = 'words, before pairs are formed';
const hash = variant('hash', hashes, { label });
export const bins = 256;

/** Counts of words, then of pairs: n sentences → [n, 31 + 256]. */
export function features(sentences: string[]) {
  const rows = sentences.map((sentence) => {
    const words = sentence.split(' ');
    const ids = words.map((word) => vocabulary.indexOf(word));
    const counts = bagOfWords(ids, vocabulary.length);
    return [...counts, ...hash(ids, bins)];
  });
  return tf.tensor2d(rows);
}

// All that there is to say: 90 ordered pairs of different digits.
export const digits = [...numbers.keys()];
export const meanings = digits.flatMap((a) =>
  digits.filter((b) => b !== a).map((b) => [a, b]),
);
