import * as tf from '@tensorflow/tfjs';
import { check, ink, Plot, random, show } from 'lab';
import { slider, toArray } from 'lab';
import { all, chosen, model } from './experiment';
import { type Net, netOf, predict, prompts } from './learner';
import { tokens } from './learner';
import { apply, implicitWeights, ridge } from './mechanism';

const queryScale = slider('queryScale', {
  label: 'spread of the points asked (1 in training)',
  min: 0.5,
  max: 4,
  value: 1,
  step: 0.5,
});

// 32 contexts of seven examples, each asked for 16 further points.
const { X, Y } = prompts(random.normal, [32, 7, 3], 0);
const points = random.normal([32, 16, 3], 0, queryScale);
const contexts = tf.concat([X, Y.expandDims(2)], 2).expandDims(1);
const seen = tf.tile(contexts, [1, 16, 1, 1]).reshape([512, 7, 4]);
const [x, y] = tf.split(seen, [3, 1], 2);
const asked = tokens(
  tf.concat([x, points.reshape([512, 1, 3])], 1),
  tf.concat([y.squeeze([2]), tf.zeros([512, 1])], 1),
);
const exact = ridge(X, Y, 1e-3)[7];

/** The linear model that a net holds, and how far it bends. */
async function held(net: Net) {
  const answers = predict(net, asked).slice([0, 7], [512, 1]);
  const y = answers.reshape([32, 16]);
  const w = implicitWeights(points, y);
  const left = y.sub(apply(points, w)).square().sum(1);
  const all = y.sub(y.mean(1, true)).square().sum(1);
  const apart = w.sub(exact).square().mean(1);
  return {
    w: await toArray<number[][]>(w),
    bent: await median(left.div(all)),
    apart: await median(apart),
  };
}

async function median(x: tf.Tensor) {
  const values = await toArray(x);
  return values.sort((a, b) => a - b)[values.length / 2];
}

const truth = await toArray<number[][]>(exact);
const pairs = (w: number[][], which: string) =>
  w.flatMap((row, b) =>
    row.map((held, j) => ({ held, exact: truth[b][j], which })),
  );
const one = await held(netOf(all, 'one'));
const found = await held(chosen);
const name = `chosen: ${model}`;
const line = [{ exact: -3 }, { exact: 3 }];
const at = { x: 'exact', y: 'held', fx: 'which', r: 2.5 };
show(
  'weights',
  Plot.plot({
    title: 'The weights it holds, beside those of least squares',
    fx: { domain: ['one layer', name] },
    x: { label: 'weight by least squares' },
    y: { label: 'weight held by the transformer' },
    marks: [
      Plot.line(line, {
        x: 'exact',
        y: 'exact',
        stroke: ink.theory,
        strokeDasharray: '4 3',
      }),
      Plot.dot(pairs(one.w, 'one layer'), {
        ...at,
        fill: ink.baseline,
      }),
      Plot.dot(pairs(found.w, name), {
        ...at,
        fill: ink.mechanism,
      }),
    ],
  }),
);

check('share of the variance that is not linear', found.bent, {
  below: 0.03,
  because: 'the hypothesis: a linear model is held in activations',
  breaks: { queryScale: 4 },
});
check('ILWD to least squares, divided by d', found.apart, {
  below: 0.03,
  because: 'formula (6): it is the same model, not just as good',
  breaks: { model: 'one layer' },
});
