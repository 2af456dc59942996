import * as tf from '@tensorflow/tfjs';
import { check, images, show, toArray } from 'lab';
import { patches, picture } from './digits';
import { surest } from './mechanism';
import { spread, votesOf } from './votes';

type T = tf.Tensor;

// Of 2,000 digits, the one with the highest score for each class;
// and of all 2,000¹⁶ pictures that their patches make, by (7).
const seen = votesOf(patches);
const digits = patches.gather(seen.mean(1).argMax(0).toInt());
const glued = surest(patches, seen);

const wanted = tf.eye(10).expandDims(1);
const forOwn = (votes: T) => votes.mul(wanted).sum(2);
const digitVotes = forOwn(votesOf(digits));
const gluedVotes = forOwn(votesOf(glued));
const shown = [0, 2, 3, 4, 5, 7];
const range = 25;
show(
  'surest',
  await images(
    {
      'surest digit': picture(digits).gather(shown).mul(range),
      'its votes': spread(digitVotes).gather(shown),
      'surest picture': picture(glued).gather(shown).mul(range),
    },
    {
      title: 'What the Activator is surest of, class by class',
      columns: shown.map((c) => `as ${c}`),
      palette: 'diverging',
      range: [-range, range],
      inks: { 'surest picture': 'mechanism' },
    },
  ),
);

const times = gluedVotes.mean(1).div(digitVotes.mean(1));
const least = Math.min(...(await toArray<number[]>(times)));
check('score of the surest picture, surest digit = 1', least, {
  above: 1,
  because: 'a sum is largest where each of its terms is',
  breaks: { block: 'attention, then gate' },
});
