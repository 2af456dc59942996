import { baseline, chart, check, mean, select } from 'lab';
import { toNumber } from 'lab';
import { alignment, type Net, relativeSize } from './mechanism';
import { stream } from './mechanism';
import { deep, images, layers, network } from './networks';
import { untrained } from './networks';

const measure = select('measure', {
  label: 'a contribution is measured',
  options: ['against its stream', 'by itself'],
});

const x = images.slice([0], [400]);
async function measured(net: Net) {
  const { states, parts } = stream(x, net);
  const rows = [];
  for (const [l, c] of parts.entries()) {
    const size =
      measure === 'by itself'
        ? c.norm('euclidean', -1).mean()
        : relativeSize(c, states[l]);
    rows.push({
      layer: l + 1,
      size: await toNumber(size),
      cosine: await toNumber(alignment(c, states[l])),
    });
  }
  return rows;
}
const [ours, other] = [
  await measured(deep),
  await measured(untrained),
];
const chosen = network === 'trained' ? 'trained' : 'the chosen one';
const rows = ours.map(({ layer, size, cosine }, l) => {
  const random = other[l].size;
  return { layer, size, random, cosine, chance: other[l].cosine };
});
chart(
  'sizes',
  {
    title:
      measure === 'by itself'
        ? 'Contributions by themselves, and those of a random network'
        : 'Contributions shrink, in a random network as well',
    over: 'layer',
    x: { label: 'layer', ticks: 12 },
    y: {
      label: measure === 'by itself' ? '‖c‖' : 'ρ = ‖c‖/‖h‖',
      domain: [
        0,
        Math.max(...rows.map((r) => Math.max(r.size, r.random))),
      ],
    },
    lines: { random: baseline('random'), size: chosen },
  },
  rows,
);
chart(
  'directions',
  {
    title: 'Does a layer add to what is there, or take from it?',
    over: 'layer',
    x: { label: 'layer', ticks: 12 },
    y: { label: 'cosine of c and h' },
    bounds: [{ y: 0, label: 'something new' }],
    lines: { chance: baseline('random'), cosine: chosen },
  },
  rows,
);
const halves = (list: number[]) =>
  mean(list.slice(0, layers / 2)) / mean(list.slice(layers / 2));
const fall = Math.min(
  halves(rows.map(({ size }) => size)),
  halves(rows.map(({ random }) => random)),
);
check('contributions of early layers over late, either net', fall, {
  above: 1.4,
  because: 'a stream to which layers add grows, (1)',
  breaks: { measure: 'by itself' },
});
