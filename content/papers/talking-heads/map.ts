import * as tf from '@tensorflow/tfjs';
import { ink, mean, Plot, show, toArray } from 'lab';
import { chosen, read, talker } from './channel';
import { qk } from './experiment';
import { inside } from './mechanism';
import { last, pointers, tokensThen } from './prompts';
import { drawn, reader } from './wires';

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
const own = tf.matMul(inside(one(read), U), one(talker));
const rest = one(last).sub(own).mean(0);
function understood(y: number[][]) {
  const heard = tf.matMul(tf.tensor2d(y), U, false, true);
  const query = tf.matMul(heard, one(talker)).add(rest);
  const asked = tf.matMul(query, matrix);
  const scores = tf.matMul(asked, keys, false, true);
  return toArray<number[]>(scores.argMax(1));
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
  if (inPanel.length === 0) continue;
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
// The name of a place stands amid its dots.
const places = ['0', '1', '2', '3', '4', '5'];
const names = [];
for (const panel of panels) {
  for (const place of places) {
    const own = dots.filter(
      (dot) => dot.panel === panel && dot.place === place,
    );
    if (own.length < 10) continue;
    const x = mean(own.map(({ x }) => x));
    names.push({ panel, place, x, y: mean(own.map(({ y }) => y)) });
  }
}
const at = { fx: 'panel', x: 'x', y: 'y' };
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
    color: { domain: places, range: ink.series },
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
