import * as tf from '@tensorflow/tfjs';
import { chart, check, select, show, slider, steps } from 'lab';
import { theory, toNumber } from 'lab';
import { agreed, ask, foretold, type Kind } from './judges';
import { kappa, meanVerdict, vote } from './mechanism';
import { people } from './people';

export const depth = slider('depth', {
  label: 'layers L',
  min: 1,
  max: 4,
  value: 2,
  step: 1,
});
export const wide = select('wide', {
  label: 'a wider network has',
  options: ['roles', 'copies'],
}) as Kind;
const readout = select('readout', {
  label: 'the verdict is',
  options: ['the mean', 'a vote'],
});

/** How often n reviewers in L layers agree with people. */
function reached(kind: Kind, n: number, L: number) {
  const agreeing = tf.tidy(() => {
    const said = ask(kind, n, L);
    const last = said.gather([L - 1]).squeeze([0]);
    return agreed(
      readout === 'the mean' ? meanVerdict(said) : vote(last),
    );
  });
  return toNumber(agreeing);
}
const expected = (kind: Kind, n: number, L: number) =>
  toNumber(tf.tidy(() => foretold(kind, n, L)));

const agreement = chart('agreement', {
  title:
    wide === 'roles'
      ? 'More roles go on helping where more copies stop'
      : 'Agreement with people, by the number of reviewers',
  over: 'n',
  x: {
    type: 'log',
    label: 'reviewers in a layer, n',
    ticks: [1, 2, 4, 8, 16],
    tickFormat: 'd',
  },
  y: {
    label: 'agreement with people',
    percent: true,
    domain: [60, 85],
  },
  lines: {
    lawOfCopies: theory(''),
    lawOfRoles: theory('formula (7)'),
    copies: { label: 'copies', dots: 'only', as: 'baseline' },
    roles: { label: wide, dots: 'only' },
  },
});
const misses: number[] = [];
for await (const n of steps([1, 2, 4, 8, 16], 'reviewers')) {
  const row = {
    n,
    copies: await reached('copies', n, depth),
    roles: await reached(wide, n, depth),
    lawOfCopies: await expected('copies', n, depth),
    lawOfRoles: await expected(wide, n, depth),
  };
  agreement.add(row);
  misses.push(
    Math.abs(row.copies - row.lawOfCopies),
    Math.abs(row.roles - row.lawOfRoles),
  );
}

const eight = (kind: Kind) =>
  toNumber(
    tf.tidy(() => kappa(meanVerdict(ask(kind, 8, depth)), people)),
  );
show('agreement beyond chance', [
  {
    'eight reviewers': 'copies',
    'Cohen’s κ': await eight('copies'),
  },
  { 'eight reviewers': wide, 'Cohen’s κ': await eight(wide) },
]);

check('largest distance from formula (7)', Math.max(...misses), {
  below: 0.02,
  because: 'scores and their errors are Gaussian here',
  breaks: { swap: 'one' },
});
const at = (n: number) => agreement.at(n);
const gain = (n: number) => at(n).roles - at(n).copies;
check('gained by roles over copies, eight reviewers', gain(8), {
  above: 0.03,
  because: 'roles look at what matters in this comparison',
  breaks: { wide: 'copies' },
});
check(
  'that gain over the gain of one reviewer',
  gain(8) - gain(1),
  {
    above: 0.015,
    because: 'one role sees one aspect of the four that matter',
    breaks: { wide: 'copies' },
  },
);
check(
  'gained from one reviewer to sixteen',
  at(16).roles - at(1).roles,
  {
    above: 0.1,
    because: 'noise averages out, and views add up',
    breaks: { sharedBias: 1 },
  },
);
