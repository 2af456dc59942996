import { check, ink, mean, Plot, show } from 'lab';
import { choices, errors, numberOf } from './choices';
import { distance } from './edges';
import { kept } from './experiment';
import { noise, targets } from './targets';

// Formula (8): what the edges miss, and what 33 coefficients take
// from the noise of 512 examples.
const floor = noise ** 2 * (33 / 512);
function foretold(choice: number[], t: number) {
  const squares = choice.map((m, i) => distance[m][4 * t + i] ** 2);
  return Math.sqrt(mean(squares) + floor);
}
const pairs = targets.flatMap((_, t) =>
  choices.map((choice, c) => {
    return { foretold: foretold(choice, t), error: errors[c][t] };
  }),
);
const ours = kept.map((choice, t) => {
  return {
    foretold: foretold(choice, t),
    error: errors[numberOf(choice)][t],
  };
});
const line = [0.007, 1.1].map((at) => ({
  foretold: at,
  error: at,
}));
const at = { x: 'foretold', y: 'error' };
const few = pairs.filter((_, i) => i % 12 === 0);
show(
  'foretold',
  Plot.plot({
    title:
      'Errors of whole networks, from the distances of their edges',
    x: { type: 'log', label: 'error foretold by (8)' },
    y: { type: 'log', label: 'test error' },
    marks: [
      Plot.line(line, {
        ...at,
        stroke: ink.theory,
        strokeDasharray: '4 3',
      }),
      Plot.dot(few, { ...at, r: 2, stroke: ink.baseline }),
      Plot.dot(ours, { ...at, r: 5, fill: ink.mechanism }),
    ],
  }),
);
const off = pairs.map(({ foretold, error }) =>
  Math.abs(error - foretold),
);
check('distance of the test error from formula (8)', mean(off), {
  below: 0.05,
  because: 'errors of independent inputs add up in squares',
  breaks: { inputs: 'all equal' },
});
