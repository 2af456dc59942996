import * as tf from '@tensorflow/tfjs';
import { adam, check, ink, mean, parameters, Plot } from 'lab';
import { random, select, show, slider, steps } from 'lab';
import { toArray, variant } from 'lab';
import { entropy, gated, gatesOfEdges } from './mechanism';
import { gatesOfNodes, groupNorm, nodes } from './mechanism';
import { planted, spaces, train } from './targets';

type T = tf.Tensor;

const owners = {
  'each edge': gatesOfEdges,
  'each node': gatesOfNodes,
};
const gatesOf = variant('chooser', owners, {
  label: 'who chooses',
});
const without = select('without', {
  label: 'left out of the pool',
  options: ['nothing', ...spaces],
});
const groupLambda = slider('groupLambda', {
  label: 'group sparsity λ',
  min: 0,
  max: 0.05,
  step: 0.005,
  value: 0.02,
});
const entropyWeight = slider('entropyWeight', {
  label: 'entropy weight η',
  min: 0,
  max: 0.1,
  step: 0.005,
  value: 0.04,
});

// All five networks at once. A space left out has its gates shut.
const shut = tf.tensor(
  spaces.map((s) => (s === without ? -30 : 0)),
);
const gatesAt = (logits: T) => gatesOf(logits.add(shut));
const net = parameters({
  logits: tf.zeros([5, 4, 4]),
  coef: random.normal([5, 4, 4, 8], 0, 0.1),
  bias: tf.zeros([5]),
});
const optimiser = adam(net, { rate: 0.05, epsilon: 1e-3 });
const [length, selective] = [190, 120];

const dash = { stroke: ink.theory, strokeDasharray: '4 3' };
const thick = { strokeWidth: 2 };
const looks = {
  title: 'Gates of the mixed target; blue: the planted space',
  height: 220,
  x: { label: 'training step', ticks: [0, 120] },
  y: { label: 'gate', domain: [0, 1], ticks: [0, 0.5, 1] },
  fx: { label: 'edge planted in', domain: spaces },
};
// Watched: the gates of the mixed target, edge by edge.
const own: object[] = [];
const others: object[] = [];
async function watch(step: number) {
  const now = gatesAt(net.values().logits);
  const mixed = (await toArray<number[][][]>(now))[4];
  for (const [i, edge] of mixed.entries())
    for (const [m, gate] of edge.entries()) {
      const right = m === planted[4][i];
      const row = { step, gate, m, edge: spaces[planted[4][i]] };
      (right ? own : others).push(row);
    }
  const line = { x: 'step', y: 'gate', z: 'm', fx: 'edge' };
  const marks = [
    Plot.ruleX([selective], dash),
    Plot.line(others, { ...line, stroke: ink.baseline }),
    Plot.line(own, { ...line, stroke: ink.mechanism, ...thick }),
  ];
  show('gates', Plot.plot({ ...looks, marks }));
}
await watch(0);
for await (const step of steps(length, 'full, then selective')) {
  await optimiser.step(({ logits, coef, bias }) => {
    const gates = gatesAt(logits);
    const weights = gated(gates, coef);
    const output = nodes(train.basis, weights).add(bias);
    const error = output.sub(train.y).square().mean(0).sum();
    const sparse = groupNorm(weights).mul(groupLambda);
    const full = error.add(sparse);
    if (step < selective) return full;
    return full.add(entropy(gates).mul(entropyWeight));
  });
  if (step % 15 === 14) await watch(step + 1);
}

const { logits, coef, bias } = net.values();
export const gates = gatesAt(logits);
export const mixture = { weights: gated(gates, coef), bias };
const rows = (await toArray<number[][][]>(gates)).flat();
const rest = rows.map((edge) => 1 - Math.max(...edge));
check('share of the gates that is not the largest', mean(rest), {
  below: 0.1,
  because: 'the penalties of (6) make every edge decide',
  breaks: { groupLambda: 0, entropyWeight: 0 },
});
