import { check, Plot, select, show } from 'lab';
import { grid, type Mode, modes, share, widths } from './networks';

const mode = select('mode', {
  label: 'training that the checks read',
  options: ['2d', 'mrl', 'last'],
}) as Mode;

const names = { last: 'last only', mrl: 'widths', '2d': 'both' };
const cells = grid.flatMap((row, l) =>
  row.flatMap((column, k) =>
    column.map((found, m) => ({
      layer: l + 1,
      width: widths[k],
      training: names[modes[m]],
      found: 100 * found,
      text: (100 * found).toFixed(0),
    })),
  ),
);
const at = { x: 'width', y: 'layer', fx: 'training' };
show(
  'grid',
  Plot.plot({
    title: 'Partners found, in %, by layers run and entries kept',
    x: { label: 'first entries kept' },
    y: { label: 'layers run', reverse: true },
    fx: { label: null, domain: Object.values(names) },
    color: { label: 'found, %', domain: [0, 100] },
    height: 230,
    marks: [
      Plot.cell(cells, { ...at, fill: 'found', inset: 1 }),
      Plot.text(cells, { ...at, text: 'text' }),
    ],
  }),
);

/** The mean over the first three layers at four and eight entries. */
const early = (mode: Mode) => {
  const six = [1, 2, 3].flatMap((l) =>
    [4, 8].map((d) => share(mode, l, d)),
  );
  return six.reduce((a, b) => a + b) / six.length;
};
check(
  'early and narrow, over widths alone',
  early(mode) - early('mrl'),
  {
    above: 0.08,
    because: 'every layer was trained to give short codes',
    breaks: { mode: 'mrl' },
  },
);
const whole = (mode: Mode) => share(mode, 1, 32);
check(
  'first layer, over widths alone',
  whole(mode) - whole('mrl'),
  {
    above: 0.1,
    because: 'every layer was trained to give an embedding',
    breaks: { mode: 'mrl' },
  },
);
check(
  'last layer at eight entries, over last only',
  share(mode, 4, 8) - share('last', 4, 8),
  {
    above: 0.02,
    because: 'the first entries were trained to work alone',
    breaks: { mode: 'last' },
  },
);
check(
  'one layer and eight entries, of the whole',
  share(mode, 1, 8) / share(mode, 4, 32),
  {
    above: 0.4,
    because: 'formula (3) trains short codes of early layers',
    breaks: { mode: 'mrl' },
  },
);
