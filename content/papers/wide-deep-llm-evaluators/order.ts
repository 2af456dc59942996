import * as tf from '@tensorflow/tfjs';
import { check, ink, Plot, show, toNumber } from 'lab';
import { depth, wide } from './experiment';
import { ask, asked } from './judges';
import { meanVerdict } from './mechanism';
import { people } from './people';

/** How often eight reviewers are right where people prefer the first
 *  answer, and where they prefer the second. */
async function rightWhere(orders: number) {
  const verdict = tf.tidy(() =>
    meanVerdict(ask(wide, 8, depth, { orders })),
  );
  const right = verdict.greater(0).equal(people.greater(0));
  const first = people.greater(0);
  const among = (some: tf.Tensor) => {
    const rightly = right.logicalAnd(some).toFloat().sum();
    return toNumber(rightly.div(some.toFloat().sum()));
  };
  return [await among(first), await among(first.logicalNot())];
}

const both = await rightWhere(2);
const one = await rightWhere(1);
const rows = [both, one].flatMap((pair, i) =>
  pair.map((share, j) => ({
    asked: ['both orders', 'one order'][i],
    better: ['first', 'second'][j],
    right: share,
  })),
);
const place = { x: 'right', y: 'better', fy: 'asked' };
show(
  'order',
  Plot.plot({
    title: 'Asked in one order, the answer in first place wins',
    x: {
      label: 'agreement with people',
      percent: true,
      domain: [0, 100],
    },
    y: { label: 'better answer' },
    fy: { label: null },
    height: 200,
    marginLeft: 60,
    marginRight: 90,
    marks: [
      Plot.barX(rows.slice(0, 2), {
        ...place,
        fill: ink.mechanism,
      }),
      Plot.barX(rows.slice(2), { ...place, fill: ink.broken }),
    ],
  }),
);

const [first, second] = asked === 2 ? both : one;
check('favour of the first place', first - second, {
  near: 0,
  within: 0.05,
  because: 'the two orders of one pair cancel the pull of a place',
  breaks: { swap: 'one' },
});
