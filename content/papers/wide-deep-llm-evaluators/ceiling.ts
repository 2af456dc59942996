import * as tf from '@tensorflow/tfjs';
import { baseline, chart, check, steps, toNumber } from 'lab';
import { depth, wide } from './experiment';
import { agreed, ask, type Kind } from './judges';
import { meanVerdict } from './mechanism';

const ceiling = chart('ceiling', {
  title: 'An error that all share is not averaged away',
  over: 'c',
  x: { label: 'error common to all calls, c' },
  y: {
    label: 'agreement with people',
    percent: true,
    domain: [60, 95],
  },
  lines: {
    copies: baseline('sixteen copies'),
    roles: `sixteen ${wide}`,
  },
});
const reached = (kind: Kind, c: number) =>
  toNumber(
    tf.tidy(() => agreed(meanVerdict(ask(kind, 16, depth, { c })))),
  );
for await (const c of steps([0, 0.25, 0.5, 0.75, 1], 'errors'))
  ceiling.add({
    c,
    copies: await reached('copies', c),
    roles: await reached(wide, c),
  });

check(
  'disagreement without a common error',
  1 - ceiling.at(0).roles,
  {
    below: 0.16,
    because:
      'noise averages out, and roles look at what people weigh',
    breaks: { wide: 'copies' },
  },
);
