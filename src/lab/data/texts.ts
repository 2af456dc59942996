import * as tf from '@tensorflow/tfjs-core';
import type { StoredFile } from '../safetensors-bytes.ts';
import { lines, type OpenData, take } from './store.ts';

/** What to take of the word vectors. */
export interface WordQuery {
  /** How many words, the most frequent first; all when not said. */
  count?: number;
  /** true: without articles, pronouns, auxiliaries and the like. */
  content?: boolean;
  /** true: every vector divided by its length. */
  unit?: boolean;
}
/** English words with their vectors. */
export interface Words {
  words: string[];
  /** float32, [words, 100]. */
  vectors: tf.Tensor2D;
  /** Row of a word in `vectors`; undefined for a word that is not there. */
  index: Map<string, number>;
}

/** What to take of the State of the Union addresses. */
export interface SpeechQuery {
  /** How many passages, spread evenly over the years; all when not said. */
  count?: number;
}
/** A passage of whole sentences from one address. */
export interface Passage {
  year: number;
  president: string;
  party: string;
  /** Rows in the word list (and, for all words in order, in `data.words()`); words outside it are left out. */
  ids: number[];
}
export interface Speeches {
  passages: Passage[];
  /** The word of each number. */
  words: string[];
  /** The passage as words again: lower case, no punctuation, words outside the vocabulary missing. */
  text(passage: Passage): string;
}

const dimensions = 100;

function vectorOf(file: StoredFile, row: number, unit: boolean): Float32Array {
  const values = Float32Array.from(
    file.tensors.vectors.data.subarray(row * dimensions, (row + 1) * dimensions),
  );
  const factor = unit ? 1 / Math.hypot(...values) : file.tensors.scales.data[row];
  return values.map((value) => value * factor);
}

/** The door to the word vectors. */
export function wordSet(open: OpenData) {
  return async ({ count, content = false, unit = false }: WordQuery = {}): Promise<Words> => {
    const file = await open('words');
    const vocabulary = lines(file, 'words');
    const rows = [...vocabulary.keys()].filter((row) => !content || file.tensors.function.data[row] === 0);
    const kept = rows.slice(0, take('data.words', count, rows.length));
    const values = new Float32Array(kept.length * dimensions);
    kept.forEach((row, i) => {
      values.set(vectorOf(file, row, unit), i * dimensions);
    });
    const words = kept.map((row) => vocabulary[row]);
    return {
      words,
      vectors: tf.tensor2d(values, [kept.length, dimensions]),
      index: new Map(words.map((word, i) => [word, i])),
    };
  };
}

interface Address {
  year: number;
  president: string;
  party: string;
}

/** The door to the addresses. */
export function speechSet(open: OpenData) {
  return async ({ count }: SpeechQuery = {}): Promise<Speeches> => {
    const [file, vocabulary] = await Promise.all([open('sotu'), open('words')]);
    const words = lines(vocabulary, 'words');
    const addresses: Address[] = JSON.parse(file.metadata.addresses);
    const { ids, starts, address } = file.tensors;
    const there = address.data.length;
    const wanted = take('data.sotu', count, there);
    const passages = Array.from({ length: wanted }, (_, i) => {
      const at = Math.floor((i * there) / wanted);
      return {
        ...addresses[address.data[at]],
        ids: [...ids.data.subarray(starts.data[at], starts.data[at + 1])],
      };
    });
    return { passages, words, text: (passage) => passage.ids.map((id) => words[id]).join(' ') };
  };
}
