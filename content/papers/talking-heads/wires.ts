import { Plot, show, slider } from 'lab';
import { scores, writer } from './experiment';

const training = slider('training', {
  label: 'network drawn',
  min: 1,
  max: 6,
  step: 1,
  value: 3,
});
export const drawn = training - 1;
const toReaders = scores[drawn][writer[drawn]];
/** In the network drawn, the reader that hears the talker best. */
export const reader = toReaders.indexOf(Math.max(...toReaders));

const table = scores[drawn].flatMap((row, w) =>
  row.map((score, r) => ({
    writer: `head ${w + 1}`,
    reader: `head ${r + 1}`,
    score,
    text: score.toFixed(2),
  })),
);
show(
  'scores',
  Plot.plot({
    title: 'Who is wired to whom, from the weights of one network',
    height: 220,
    color: { domain: [0, 0.6], label: 'composition score' },
    x: { label: 'reader, in layer 2' },
    y: { label: 'writer, in layer 1' },
    marks: [
      Plot.cell(table, {
        x: 'reader',
        y: 'writer',
        fill: 'score',
      }),
      Plot.text(table, { x: 'reader', y: 'writer', text: 'text' }),
    ],
  }),
);
