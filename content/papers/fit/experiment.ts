import * as tf from '@tensorflow/tfjs';
import { check, ink, Plot, show, slider, toArray } from 'lab';
import { embed, round } from './mechanism';
import { cut, fits, m, task } from './networks';
import { L, n } from './task';

const example = slider('example', {
  label: 'question',
  min: 1,
  max: 20,
  value: 1,
  step: 1,
});

// One question, and who listens to whom on the way to its answer:
// the mean of the two heads.
const G = L / n;
const row = (x: tf.Tensor) => x.slice([example - 1], [1]);
const w = fits[m as 1 | 2 | 4];
const tokens = embed(row(task.keys), row(task.values), w);
const { up, across, down } = round(tokens, w, cut).shares;
const heads = (share: tf.Tensor) =>
  toArray<number[][][]>(share.mean(1));
const gathers = await heads(up); // [G, m, n]
const [latents] = await heads(across); // [G m, G m]
const returns = await heads(down); // [G, n, m]
const [asks] = await toArray<number[]>(row(task.place));
const [knows] = await toArray<number[]>(row(task.partner));

// Where things stand: tokens below and above, latents between.
const place = (token: number) =>
  token + 1.2 * Math.floor(token / n);
const centre = (group: number) => place(n * group) + (n - 1) / 2;
const seat = (latent: number) => {
  const [group, i] = [Math.floor(latent / m), latent % m];
  return centre(group) + 0.8 * (i - (m - 1) / 2);
};
interface Way {
  x1: number;
  y1: number;
  x2: number;
  y2: number;
  share: number;
  kind: string;
}
const ways: Way[] = [];
const all = Array.from({ length: L }, (_, token) => token);
const seats = Array.from({ length: G * m }, (_, latent) => latent);
const from = Math.floor(knows / n);
for (const l of seats) {
  const group = Math.floor(l / m);
  if (group === from) {
    const share = gathers[group][l % m][knows % n];
    const at = { x1: place(knows), y1: 0, x2: seat(l), y2: 1 };
    ways.push({ ...at, share, kind: 'gather' });
  }
  for (const k of seats) {
    const at = { x1: seat(k), y1: 1, x2: seat(l), y2: 2 };
    if (
      group === 0 &&
      Math.floor(k / m) === from &&
      cut !== 'global'
    )
      ways.push({ ...at, share: latents[l][k], kind: 'global' });
  }
  if (group === 0 && cut !== 'return') {
    const share = returns[0][asks][l % m];
    const at = { x1: seat(l), y1: 2, x2: place(asks), y2: 3 };
    ways.push({ ...at, share, kind: 'return' });
  }
}
const dots = [0, 3].flatMap((y) =>
  all.map((token) => ({ x: place(token), y, token })),
);
const isEnd = ({ y, token }: { y: number; token: number }) =>
  (y === 0 && token === knows) || (y === 3 && token === asks);
const nodes = [1, 2].flatMap((y) =>
  seats.map((latent) => ({ x: seat(latent), y })),
);
const at = { x: 'x', y: 'y' };
const names = ['tokens', 'latents', 'latents', 'tokens'];
show(
  'way',
  Plot.plot({
    title: 'The path of one answer, from bottom to top',
    height: 330,
    x: { axis: null, domain: [-3.2, place(L - 1) + 0.5] },
    y: { axis: null, domain: [-0.25, 3.25] },
    opacity: { domain: [0, 1], range: [0.04, 1] },
    marks: [
      Plot.link(ways, {
        x1: 'x1',
        y1: 'y1',
        x2: 'x2',
        y2: 'y2',
        stroke: ink.mechanism,
        strokeWidth: 2.5,
        strokeOpacity: 'share',
      }),
      Plot.dot(
        dots.filter((dot) => !isEnd(dot)),
        { ...at, symbol: 'square', r: 5, fill: ink.muted },
      ),
      Plot.dot(dots.filter(isEnd), {
        ...at,
        symbol: 'square',
        r: 7,
        fill: ink.mechanism,
      }),
      Plot.dot(nodes, { ...at, r: 5, fill: ink.baseline }),
      Plot.text(
        names.map((text, y) => ({ x: -0.9, y, text })),
        { ...at, text: 'text', textAnchor: 'end' },
      ),
      Plot.text(
        [
          { x: place(knows), y: -0.22, text: 'knows' },
          { x: place(asks), y: 3.24, text: 'asks' },
        ],
        { ...at, text: 'text', fill: ink.mechanism },
      ),
    ],
  }),
);

// How much of what the asking token hears came from the partner,
// over all questions: shares multiplied along the way.
const every = round(
  embed(task.keys, task.values, w),
  w,
  cut,
).shares;
const [B] = task.keys.shape;
const head = (share: tf.Tensor, shape: number[]) =>
  share.mean(1).reshape(shape);
const toLatents = head(every.up, [B, G, m, n]);
const between = head(every.across, [B, G * m, G, m]);
const toTokens = head(every.down, [B, G, n, m]);
const mine = toTokens.slice([0, 0], [-1, 1]).reshape([B, n, m]);
const own = between.slice([0, 0], [-1, m]).reshape([B, m, G * m]);
const path = tf.matMul(mine, own).reshape([B, n, G, m]);
const spread = path.transpose([0, 2, 1, 3]);
const whole = tf.matMul(spread, toLatents);
const asking = tf.oneHot(task.place.toInt() as tf.Tensor1D, n);
const knowing = tf.oneHot(task.partner.toInt() as tf.Tensor1D, L);
const picked = whole
  .transpose([0, 2, 1, 3])
  .reshape([B, n, L])
  .mul(asking.expandDims(2))
  .sum(1)
  .mul(knowing)
  .sum(1);
const share = cut === 'nothing' ? picked.mean() : tf.scalar(0);
const [heard] = await toArray<number[]>(share.reshape([1]));
check('share of what is heard that came from the partner', heard, {
  above: 1.5 / L,
  because: 'formulas (2) to (4) lead from any token to any other',
  breaks: { cut: 'global' },
});
