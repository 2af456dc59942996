import * as tf from '@tensorflow/tfjs';
import { check, images, linalg, random, show, toArray } from 'lab';
import { toNumber } from 'lab';
import { byDigit, majority, sheet, sortedBy } from './experiment';
import { knownToScores, scores } from './mechanism';
import { squaredDistances } from './mechanism';
import { decode, encode, end, m, test, train } from './networks';
import { digit, percent, tolds } from './reading';

// New prototypes at random, as widely spread as the codes.
const ours = (stack: tf.Tensor) => stack.gather(0);
const codes = ours(encode(train.x, end));
const { mean, variance } = tf.moments(codes, 0);
const away = random.normal([m, 12]).mul(variance.sqrt());
const moved = away.add(mean);

// The smallest weights that solve formula (7) there, if any does.
const placed = ours(end.prototypes);
const wanted = tf.matMul(
  knownToScores(placed),
  ours(end.classWeights),
);
const known = knownToScores(moved);
const ridge = tf.eye(known.shape[0]!).mul(1e-6);
const gram = tf.matMul(known, known, false, true).add(ridge);
const solved = tf.tensor2d(await linalg.solve(gram, wanted));
const newWeights = tf.matMul(known, solved, true);

// Which digits are read now, and does the nearest tell them?
const apart = squaredDistances(ours(encode(test.x, end)), moved);
const read = scores(apart, newWeights).argMax(-1);
const kept = await toNumber(read.equal(ours(digit)).mean());
const stands = majority(squaredDistances(moved, codes)).flatten();
const nearest = stands.gather(apart.argMin(-1).toInt());
const told = await toNumber(nearest.equal(read).mean());

const drawn = decode(tf.stack([placed, moved, moved]), end);
const order = await toArray<number[]>(stands);
const before = sheet(drawn.gather(0), byDigit[0]);
const after = sheet(drawn.gather(1), sortedBy(order));
show(
  'moved',
  await images(
    { '': tf.stack([before, after]) },
    {
      title: `Prototypes moved, ${percent(kept)} of predictions kept`,
      columns: [
        `where trained; the nearest tells ${percent(tolds[0])}`,
        `at random; the nearest tells ${percent(told)}`,
      ],
      range: [0, 1],
    },
  ),
);
check('predictions kept when all prototypes move', kept, {
  above: 0.8,
  because: 'formula (7): 14 equations, 15 weights for each class',
  breaks: { m: 10 },
});
