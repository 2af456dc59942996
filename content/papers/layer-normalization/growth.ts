import * as tf from '@tensorflow/tfjs';
import { batches, check, data, gradients, ink, mean } from 'lab';
import { nn, parameters, Plot, scrub, select, sgd } from 'lab';
import { steps, toArray, toggle } from 'lab';
import { colour, norm } from './gradient';
import { epsilon } from './invariance';

type T = tf.Tensor;

const rate = select('rate', {
  label: 'learning rate',
  options: [1, 2, 4],
  value: 4,
});
const held = toggle('held', {
  label: 'cut W back to its length after each step',
});

// Digits through one layer of 64 neurons with the norm.
const normalise = { minus: 0.15, times: 2 };
const sizes = { size: 8, train: 2000, test: 1 } as const;
const options = { ...sizes, normalise, flat: true };
const { train } = await data.mnist(options);
const [first, last] = [nn.he([64, 64]), nn.he([64, 10])];
const [gain, bias] = [tf.ones([64]), tf.zeros([64])];
const logits = ({ w, last }: Record<'w' | 'last', T>, x: T) => {
  const normal = norm(tf.matMul(x, w), gain, bias, epsilon);
  return tf.matMul(tf.relu(normal), last);
};

// Where the weights are before a step: their length, the angle by
// which they have turned, and the step's parts along and across.
interface Place {
  length: number;
  turned: number;
  out: number;
  across: number;
}
const turnOf = ({ length, out, across }: Place) =>
  (180 / Math.PI) * Math.atan2(across, length + out);

async function descend(rate: number) {
  const net = parameters({ w: first, last });
  const descent = sgd(net, { rate });
  const batch = batches(train, 64);
  const path: Place[] = [];
  let [turned, squares, ratio] = [0, 0, 1];
  for await (const _ of steps(200, `rate ${rate}`)) {
    const { x, y } = batch.next().value;
    const { gradients: slope } = gradients(net, (net) =>
      nn.crossEntropy(logits(net, x), y),
    );
    const { w } = net.values();
    const products = [w.mul(w), w.mul(slope.w), slope.w.square()];
    const sums = tf.stack(products.map((t) => t.sum()));
    const [ww, along, gg] = await toArray<number[]>(sums);
    descent.apply(slope);
    const length = Math.sqrt(ww);
    const out = (-rate * along) / length;
    const across = Math.sqrt(
      Math.max(0, rate ** 2 * gg - out ** 2),
    );
    path.push({ length, turned, out, across });
    // Pythagoras: were all steps at right angles, squares would add.
    squares ||= ww;
    ratio = ww / squares;
    squares += rate ** 2 * gg;
    turned += Math.atan2(across, length + out);
    if (!held) continue;
    const { w: after, last } = net.values();
    const kept = after.mul(tf.div(length, after.norm()));
    descent.apply({
      w: after.sub(kept).div(rate),
      last: tf.zerosLike(last),
    });
  }
  return { path, ratio };
}

const fast = await descend(rate);
const slow = await descend(rate / 4);
const unit = fast.path[0].length;
const point = ({ length, turned }: Place) => ({
  x: (length / unit) * Math.cos(turned),
  y: (length / unit) * Math.sin(turned),
});
const [ours, theirs] = [fast, slow].map((one) =>
  one.path.map(point),
);
const radius = 1.25 * Math.max(fast.path.at(-1)!.length / unit, 1);

function figure(at: number) {
  const here = fast.path[at];
  const { x, y } = ours[at];
  const [length, turn] = [here.length / unit, turnOf(here)];
  // The next step, five times as long as it is.
  const way = here.turned + Math.atan2(here.across, here.out);
  const size = (5 * Math.hypot(here.across, here.out)) / unit;
  const [x2, y2] = [
    x + size * Math.cos(way),
    y + size * Math.sin(way),
  ];
  const line = { x: 'x', y: 'y' };
  const words = (rate: number, turn: number, ink: string) => {
    const left = ink === colour;
    const text = `rate ${rate}: ${turn.toFixed(1)}° a step`;
    const corner = { x: left ? -radius : radius, y: radius, text };
    const textAnchor = left ? 'start' : 'end';
    return Plot.text([corner], {
      ...line,
      text: 'text',
      textAnchor,
      lineAnchor: 'top',
      fill: ink,
    });
  };
  return Plot.plot({
    title: `Step ${at}: ${length.toFixed(2)} times as long, a step turns W by ${turn.toFixed(1)}°`,
    aspectRatio: 1,
    x: {
      label: 'lengths of the weights at the start',
      domain: [-radius, radius],
    },
    y: { label: null, domain: [-radius, radius] },
    marks: [
      Plot.line(theirs.slice(0, at + 1), {
        ...line,
        stroke: ink.baseline,
      }),
      Plot.line(ours.slice(0, at + 1), { ...line, stroke: colour }),
      words(rate, turn, colour),
      words(rate / 4, turnOf(slow.path[at]), ink.baseline),
      Plot.line([{ x: 0, y: 0 }, ours[at]], {
        ...line,
        stroke: colour,
      }),
      Plot.arrow([{ x, y, x2, y2 }], {
        x1: 'x',
        y1: 'y',
        x2: 'x2',
        y2: 'y2',
        stroke: colour,
      }),
    ],
  });
}
const isShown = (at: number) =>
  at % 10 === 0 || at === ours.length - 1;
const moments = [...ours.keys()].filter(isShown);
scrub(
  'growth',
  moments.map((at) => ({ at, output: figure(at) })),
  'training step',
);

const ratio = Math.sqrt(fast.ratio);
check(
  'length of the weights, over that of right-angled steps',
  ratio,
  {
    near: 1,
    within: 0.001,
    because: 'a step along W would change nothing, so none is made',
    breaks: { backward: 'μ and σ held' },
  },
);
const late = ({ path }: typeof fast) =>
  mean(path.slice(-50).map(turnOf));
const times = late(fast) / late(slow);
check(
  'turn of a step at four times the rate, as a multiple',
  times,
  {
    below: 2,
    because: 'the weights have grown until a step turns them less',
    breaks: { held: true },
  },
);
