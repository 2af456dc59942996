import * as tf from '@tensorflow/tfjs';
import { check, images, median, show, toArray } from 'lab';
import { imageRanks, sentenceRanks } from './mechanism';
import { meanings } from './sentences';
import { directions, S } from './training';
import { ways } from './towers';

// Scores in one gallery, for what the digits 0 to 5 can say: each
// system's less their mean, over their deviation.
const thirty = [...meanings.keys()].filter((i) =>
  meanings[i].every((digit) => digit <= 5),
);
const few = tf.tensor1d(thirty, 'int32');
const part = S.gather(0, 1).gather(few, 1).gather(few, 2);
const three = part.slice([0], [3]);
const centred = three.sub(three.mean([1, 2], true));
const deviation = centred.square().mean([1, 2], true).sqrt();
const standard = centred.div(deviation);

// The same with the favourites of the system above and to the left.
const favourites = tf.stack(
  standard.unstack().map((S) => {
    const rows = tf.topk(S.mean(1), thirty.length).indices;
    const columns = tf.topk(S.mean(0), thirty.length).indices;
    return S.gather(rows).gather(columns, 1);
  }),
);
show(
  'scores',
  await images(
    { 'by meaning': standard, 'by mean score': favourites },
    {
      title: 'Scores of 30 images (rows) with 30 sentences',
      columns: ['sentences alone', 'both', 'images alone'],
      range: [-1.5, 3],
    },
  ),
);

const found = await directions(S);
const percent = (x: number) => `${(100 * x).toFixed(0)} %`;
show(
  'R@5, six galleries',
  found.slice(0, 3).map(({ way, toText, toImage }) => ({
    negatives: way,
    'image → text': percent(toText),
    'text → image': percent(toImage),
  })),
);

const both = ways.indexOf('both');
const middle = async (ranks: tf.Tensor) =>
  median(await toArray<number[]>(ranks.gather(both).flatten()));
const toText = await middle(sentenceRanks(S));
const toImage = await middle(imageRanks(S));
check(
  'median rank of 90, the worse direction',
  Math.max(toText, toImage),
  {
    below: 6,
    because: 'true pairs are lifted above others; chance is 45',
    breaks: { updates: 0 },
  },
);

const lead = (way: string) => {
  const { toText, toImage } = found[ways.indexOf(way)];
  return toText - toImage;
};
check(
  'lead of image → text, sentence less image negatives',
  lead('sentences') - lead('images'),
  {
    above: 0.12,
    because: 'rows are compared by one sum, columns by the other',
    breaks: { score: 'cosine' },
  },
);
