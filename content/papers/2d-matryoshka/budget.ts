import { baseline, chart, select } from 'lab';
import { cost } from './mechanism';
import { D, N, share, unread, widths } from './networks';
import { inputs } from './pairs';

const width = Number(
  select('width', {
    label: 'entries kept',
    options: widths,
    value: 8,
  }),
);

chart(
  'budget',
  {
    title: 'Partners found, by the cost of an embedding',
    over: 'products',
    x: { label: 'multiplications for one input' },
    y: { label: 'partners found', percent: true, domain: [0, 80] },
    bounds: [{ y: unread, label: 'the inputs themselves' }],
    lines: {
      last: baseline('last only'),
      mrl: { label: 'widths', as: 'series 1' },
      both: 'widths and layers',
    },
  },
  Array.from({ length: N }, (_, i) => ({
    products: cost(i + 1, inputs, D),
    last: share('last', i + 1, width),
    mrl: share('mrl', i + 1, width),
    both: share('2d', i + 1, width),
  })),
);
