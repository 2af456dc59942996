import { baseline, broken, chart, check, ink, Plot } from 'lab';
import { theory } from 'lab';
import { stdAt, width } from './network';
import { history } from './training';

const right = {
  step: 0,
  deviation: Math.sqrt(2 / width),
  label: 'gain ρ = 1',
};
const walk = chart('walk', {
  title: 'The size of the weights, and what formula 4 foretells',
  over: 'step',
  x: { label: 'training step' },
  y: { label: 'deviation of the hidden weights', domain: [0, 0.4] },
  bounds: [{ y: right.deviation }],
  also: () =>
    Plot.text([right], {
      x: 'step',
      y: 'deviation',
      text: 'label',
      textAnchor: 'start',
      dx: 6,
      dy: -8,
      fill: ink.theory,
    }),
  lines: {
    none: { ...baseline('no noise'), dots: false },
    predicted: theory('formula 4'),
    noise: { label: 'noise', dots: 'only' },
  },
}).add(
  ...history.map(({ step, deviations: [none, noise] }) => ({
    step,
    none,
    noise,
    predicted: stdAt(step),
  })),
);

const starts = chart('starts', {
  title: 'How many digits each of the five networks reads',
  over: 'step',
  x: { label: 'training step' },
  y: { label: 'test accuracy, %', percent: true, domain: [0, 100] },
  lines: {
    none: { ...baseline('no noise'), dots: false },
    steady: { ...broken('steady noise'), dots: false },
    good: { label: 'good start', as: 'series 2', dots: false },
    zero: { label: 'from zeros', as: 'series 1', dots: false },
    noise: { label: 'noise', dots: false },
  },
}).add(
  ...history.map(({ step, shares }) => {
    const [none, noise, zero, good, steady] = shares;
    return { step, none, noise, zero, good, steady };
  }),
);

export const ends = starts.last;
check('accuracy that the noise adds', ends.noise - ends.none, {
  above: 0.4,
  because: 'without noise hardly a signal reaches the output',
  breaks: { noiseEta: 0 },
});
check(
  'deviation of the weights, relative to formula 4',
  walk.last.noise / walk.last.predicted,
  {
    near: 1,
    within: 0.06,
    because: 'most of their movement is the walk of the noise',
    breaks: { noiseForm: 'variance σ²' },
  },
);
check('accuracy after a start from zeros', ends.zero, {
  above: 0.5,
  because: 'the walk needs no gradient to begin',
  breaks: { zeroNoise: false },
});
check('accuracy with noise that never decays', ends.steady, {
  below: 0.3,
  because: 'the walk goes on, and the gain runs far past 1',
  breaks: { steadyGamma: 0.55 },
});
check('lead of a good start over noise', ends.good - ends.noise, {
  above: -0.02,
  because: 'noise repairs a start, and this one needs no repair',
  breaks: { goodStd: 0.1 },
});
