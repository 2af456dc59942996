import * as tf from '@tensorflow/tfjs';
import { check, images, mean, show, toArray } from 'lab';
import { captions, gallery, pictures } from './pairs';
import { meanings } from './sentences';
import { ways } from './towers';
import { S } from './training';

// How many of the 90 queries have each item among their first
// five, for each system and gallery. The mean is five.
async function popularity(S: tf.Tensor) {
  const { indices } = tf.topk(S, 5);
  const lists = await toArray<number[][][][]>(indices);
  return lists.map((galleries) =>
    galleries.map((lists) => {
      const counts = meanings.map(() => 0);
      for (const item of lists.flat()) counts[item] += 1;
      return counts;
    }),
  );
}
const first = (counts: number[], n: number) =>
  [...counts.keys()]
    .sort((i, j) => counts[j] - counts[i])
    .slice(0, n);
const ofImages = await popularity(S.transpose([0, 1, 3, 2]));
const ofSentences = await popularity(S);

async function most(way: string, name: string) {
  const counts = ofImages[ways.indexOf(way)][0];
  const hubs = first(counts, 5);
  return images(pictures(gallery.image.gather(hubs)), {
    title: `${name}: the images found most (mean 5)`,
    columns: hubs.map((i) => `${counts[i]} times`),
    range: [-0.3, 1.7],
  });
}
show('hubs', await most('sentences', 'Sentence negatives'));
show('usual', await most('both', 'Both kinds'));
const counts = ofSentences[ways.indexOf('images')][0];
show(
  'Image negatives: the sentences found most',
  first(counts, 4).map((i) => ({
    sentence: captions[i],
    'found by, of 90 images': counts[i],
  })),
);

// Binomial chance, 5 in 90 for each of 90, would spread by 2.2.
const spread = (popularity: number[][][], way: string) => {
  const counts = popularity[ways.indexOf(way)].flat();
  return Math.sqrt(mean(counts.map((count) => (count - 5) ** 2)));
};
const uneven = mean([
  spread(ofImages, 'sentences'),
  spread(ofSentences, 'images'),
]);
check('spread of how often an item is found', uneven, {
  above: 4,
  because: 'a high c wins others’ queries; chance spreads by 2.2',
  breaks: { score: 'cosine' },
});
