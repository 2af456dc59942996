import * as tf from '@tensorflow/tfjs';
import { ink, mean, Plot, show, toArray } from 'lab';
import { chosen, read, talker } from './channel';
import { drawn, qk, reader } from './experiment';
import { last, pointers, tokensThen } from './prompts';

type T = tf.Tensor;

// What is said: three numbers y = x̃ U for each prompt, [B][3].
const one = (x: T) => x.gather(drawn);
const U = one(chosen).slice([0, 0], [-1, 3]);
const said = await toArray<number[][]>(tf.matMul(one(read), U));

// What is understood: scores of the six places as the reader sees
// y, all else as in the mean prompt. Linear in y, so territories
// have straight borders.
const matrix = one(qk).gather(reader);
const keys = one(tokensThen).mean(0).slice([0], [6]);
const rest = one(last).sub(tf.matMul(one(read), one(talker)));
function understood(y: number[][]) {
  const heard = tf.matMul(tf.tensor2d(y), U, false, true);
  const query = tf.matMul(heard, one(talker)).add(rest.mean(0));
  const asked = tf.matMul(query, matrix);
  const places = tf.matMul(asked, keys, false, true).argMax(1);
  return toArray<number[]>(places);
}

// Two cuts through the three dimensions, where the third number is
// below zero and where it is above.
const edge = 0.3 + Math.max(...said.flat().map(Math.abs));
const ticks = Array.from(
  { length: 41 },
  (_, i) => edge * (i / 20 - 1),
);
const panels = ['third number below 0', 'third number above 0'];
const dots = said.map(([x, y, z], b) => ({
  panel: panels[z < 0 ? 0 : 1],
  x,
  y,
  z,
  place: `${pointers[b]}`,
}));
const borders = [];
for (const panel of panels) {
  const inPanel = dots.filter((dot) => dot.panel === panel);
  const depth = mean(inPanel.map(({ z }) => z));
  const grid = ticks.flatMap((y) =>
    ticks.map((x) => [x, y, depth]),
  );
  const place = await understood(grid);
  // Of each row of the grid, where a territory begins and ends.
  for (const [k, [x, y]] of grid.entries()) {
    const inner =
      place[k] === place[k - 1] && place[k] === place[k + 1];
    const atEdge = Math.abs(x) > edge - 1e-6;
    if (!inner || atEdge)
      borders.push({ panel, x, y, place: `${place[k]}` });
  }
}
const at = { fx: 'panel', x: 'x', y: 'y' };
// A word's name stands amid its dots.
const names = panels.flatMap((panel) =>
  [...new Set(pointers)]
    .map((i) => ({ panel, place: `${i}` }))
    .map((word) => ({
      ...word,
      own: dots.filter(
        (dot) =>
          dot.panel === word.panel && dot.place === word.place,
      ),
    }))
    .filter(({ own }) => own.length > 9)
    .map(({ own, ...word }) => ({
      ...word,
      x: mean(own.map(({ x }) => x)),
      y: mean(own.map(({ y }) => y)),
    })),
);
show(
  'map',
  Plot.plot({
    title:
      'What the talker says, on the map of what the reader hears',
    width: 480,
    height: 290,
    x: { label: 'first number in the channel' },
    y: { label: 'second number' },
    fx: { label: null, domain: panels },
    color: {
      domain: ['0', '1', '2', '3', '4', '5'],
      range: ink.series,
    },
    marks: [
      Plot.hull(borders, {
        ...at,
        z: 'place',
        fill: 'place',
        stroke: 'place',
        fillOpacity: 0.25,
      }),
      Plot.dot(dots, { ...at, fill: 'place', r: 2 }),
      Plot.text(names, { ...at, text: 'place', fontSize: 18 }),
    ],
  }),
);
