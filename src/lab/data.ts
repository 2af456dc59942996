import { graphSet } from './data/graphs.ts';
import { imageSet } from './data/images.ts';
import { type Assets, createStore } from './data/store.ts';
import { speechSet, wordSet } from './data/texts.ts';

export { batches, type Dataset, type Order } from './data/batches.ts';
export type { Graph } from './data/graphs.ts';
export type { Examples, ImageData, ImageQuery, PixelScale } from './data/images.ts';
export type { Passage, Speeches, SpeechQuery, WordQuery, Words } from './data/texts.ts';

/** The data sets of `public/data`, as tensors; origin and licence of each in `public/data/SOURCES.md`. */
export function createData(assets: Assets) {
  const open = createStore(assets);
  return {
    /** Handwritten digits: 5,000 to train; 4,000 to test at 14 pixels, 1,000 at 28 and 8. */
    mnist: imageSet(open, 'mnist', 'mnist'),
    /** Pictures of clothes in ten classes: 2,000 to train, 1,000 to test (at 28 pixels half of each). */
    fashionMnist: imageSet(open, 'fashionMnist', 'fashion-mnist'),
    /** 4,000 English words with GloVe vectors of 100 dimensions. */
    words: wordSet(open),
    /** Some 2,000 passages of the State of the Union addresses, 1790 to 2021, as word numbers. */
    sotu: speechSet(open),
    /** Zachary's karate club: 34 members, 78 friendships, the two clubs it split into. */
    karate: graphSet(open, 'karate'),
    /** Les Misérables: 77 characters, 254 pairs that meet (weight: in how many chapters). */
    miserables: graphSet(open, 'miserables'),
  };
}

/** What cells see as `data`. */
export type Data = ReturnType<typeof createData>;
