import { check, ink, Plot, select, show, toggle } from 'lab';
import { layerCost, ledger, parse } from './mechanism';

export const kernel = select('kernel', {
  label: 'kernel of the large layers, k',
  options: [3, 5],
});
const fifth = toggle('fifth', {
  label: 'a fifth pool, before the 1 × 1 layers',
});

// The paper's network for pictures of 32 × 32 pixels. It ends in
// the largest value of each of 256 channels and a linear layer.
const body = '64 128 128 128 P 128 128 256 P 256 256 P 512';
const tail = fifth ? 'P 2048:1 256:1 P 256' : '2048:1 256:1 P 256';
const entries = ledger(parse(`${body} ${tail}`, kernel), 32, 3);
const last = layerCost(1, 256, 10, 1);

const sum = (key: 'weights' | 'products') =>
  entries.reduce((total, row) => total + row[key], last[key]);
const bars = (key: 'weights' | 'products') =>
  entries.map((row, i) => ({
    panel: key,
    layer: i + 1,
    share: row[key] / sum(key),
    C: `${row.width}`,
    H: `${row.size}`,
  }));
const [weights, products] = [bars('weights'), bars('products')];
const place = { x: 'layer', y: 'share', fy: 'panel' };
const upright = { rotate: -90, textAnchor: 'start', dy: -4 };
show(
  'where the cost is',
  Plot.plot({
    title: 'Most weights come late, most products early',
    height: 360,
    x: { label: 'convolution; on its bars C and H' },
    y: { label: 'share, %', percent: true, domain: [0, 30] },
    fy: { label: null, domain: ['weights', 'products'] },
    marks: [
      Plot.barY(weights, { ...place, fill: ink.mechanism }),
      Plot.text(weights, { ...place, ...upright, text: 'C' }),
      Plot.barY(products, { ...place, fill: ink.mechanism }),
      Plot.text(products, { ...place, text: 'H', dy: -7 }),
    ],
  }),
);

check(
  'weights of the paper’s network, in millions',
  sum('weights') / 1e6,
  {
    near: 5.48,
    within: 0.01,
    because: 'formula (1), layer by layer; 5.48 M are published',
    breaks: { kernel: 5 },
  },
);
check(
  'products for one picture, in millions',
  sum('products') / 1e6,
  {
    near: 652,
    within: 0.5,
    because: 'formula (1) again; 652 M are published',
    breaks: { fifth: true },
  },
);
