import * as tf from '@tensorflow/tfjs';
import { baseline, broken, chart, check, steps } from 'lab';
import { toNumber } from 'lab';
import { wide } from './experiment';
import { agreed, ask } from './judges';
import { meanVerdict, vote } from './mechanism';

const n = 4;
const talk = chart('discussion', {
  title: 'What further layers of four add',
  over: 'layers',
  x: { label: 'layers L', ticks: [1, 2, 3, 4] },
  y: {
    label: 'agreement with people',
    percent: true,
    domain: [60, 85],
  },
  lines: {
    oneLayer: baseline('one layer, equal calls'),
    mean: { label: 'mean', as: 'series 1' },
    vote: 'vote',
    herded: broken('vote, herded'),
  },
});
const averaged = (n: number, L: number) =>
  toNumber(tf.tidy(() => agreed(meanVerdict(ask(wide, n, L)))));
const voted = (L: number, h?: number) =>
  toNumber(
    tf.tidy(() => {
      const said = ask(wide, n, L, { h });
      return agreed(vote(said.gather([L - 1]).squeeze([0])));
    }),
  );
for await (const layers of steps([1, 2, 3, 4], 'layers'))
  talk.add({
    layers,
    oneLayer: await averaged(n * layers, 1),
    mean: await averaged(n, layers),
    vote: await voted(layers),
    herded: await voted(layers, 0.8),
  });

const [one, two, , four] = talk.rows;
check(
  'gained by a vote through a second layer',
  two.vote - one.vote,
  {
    above: 0.008,
    because: 'a reviewer that hears its neighbours is less noisy',
    breaks: { herding: 0.8 },
  },
);
check(
  'lost to one layer with as many calls',
  four.oneLayer - four.mean,
  {
    above: 0.006,
    because:
      'trust weighs calls unevenly, and roles are asked again',
    breaks: { trust: 0, wide: 'copies' },
  },
);
