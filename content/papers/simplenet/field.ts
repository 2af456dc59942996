import * as tf from '@tensorflow/tfjs';
import { broken, chart, images, show } from 'lab';
import { kernel } from './ledger';
import { ledger, parse, paths } from './mechanism';

// The first seven convolutions of the paper, and the same seven
// behind two of its pools.
const late = parse('64 128 128 128 P 128 128 256', kernel);
const early = parse('P P 64 128 128 128 128 128 256', kernel);
const pictureSize = 32;

/** A design up to each of its convolutions. */
const beginnings = (design: typeof late) =>
  design.flatMap((layer, i) =>
    layer === 'P' ? [] : [design.slice(0, i + 1)],
  );
const fields = (design: typeof late) =>
  tf.stack(
    beginnings(design).map((layers) => {
      const count = paths(layers, pictureSize);
      return count.div(count.max()).sqrt();
    }),
  );
const rows = {
  'the paper’s': fields(late),
  'pools first': fields(early),
};
show(
  'fields',
  await images(rows, {
    title: 'What one unit behind each convolution sees',
    columns: beginnings(late).map((_, i) => `${i + 1}`),
    inks: { 'the paper’s': 'mechanism', 'pools first': 'broken' },
  }),
);

const sides = (design: typeof late) =>
  ledger(design, pictureSize, 3).map(({ receptive }) => receptive);
chart('sides', {
  title: 'The side r of the field it sees, by formula (2)',
  over: 'layer',
  x: { label: 'convolution', ticks: 7, tickFormat: 'd' },
  y: { label: 'pixels' },
  bounds: [{ y: pictureSize, label: 'the whole picture' }],
  lines: {
    early: broken('pools first'),
    late: 'the paper’s',
  },
}).add(
  ...sides(late).map((r, i) => ({
    layer: i + 1,
    late: r,
    early: sides(early)[i],
  })),
);
