import * as tf from '@tensorflow/tfjs';
import { baseline, broken, chart, check, random, show } from 'lab';
import { slider, steps, toArray } from 'lab';
import { bias, hebbian, kind, phi, seg } from './machines';
import { damped, softmax } from './mechanism';

const undamped = slider('undamped', {
  label: 'α of the undamped step',
  min: 0.1,
  max: 1,
  value: 1,
  step: 0.1,
});

// Twelve starts each: the machine chosen, damped and not, and the
// Hebbian one, damped.
const each = 12;
const size = phi.shape[0];
const alphas = [0.15, undamped, 0.15].flatMap((a) =>
  Array(each).fill([a]),
);
const alpha = tf.tensor2d(alphas);
const three = tf.stack([phi, phi, hebbian]);
const q = tf.variable(
  softmax(random.normal([3 * each, size], 0, 2), seg),
);
const pace = chart('pace', {
  title: 'How far one step still moves',
  over: 'step',
  x: { label: 'steps' },
  y: {
    type: 'log',
    label: 'largest change of a marginal',
    domain: [1e-7, 2],
  },
  lines: {
    free: baseline('Hebbian'),
    naive: broken(
      undamped === 1 ? 'not damped' : `α = ${undamped}`,
    ),
    move: kind,
  },
});
for await (const step of steps(60, 'iterating')) {
  const stack = q.reshape([3, each, size]);
  const field = tf.matMul(stack, three).reshape(q.shape).add(bias);
  const next = damped(q, field, alpha, seg, 4);
  const largest = next.sub(q).abs().reshape([3, -1]).max(1);
  q.assign(next);
  if (step % 4) continue;
  const [move, naive, free] = await toArray<number[]>(largest);
  pace.add({ step: step + 1, move, naive, free });
}

/** End points that differ by more than 0.01 somewhere. */
function different(ends: number[][]) {
  const found: number[][] = [];
  for (const end of ends) {
    const same = (other: number[]) =>
      other.every((value, i) => Math.abs(value - end[i]) < 0.01);
    if (!found.some(same)) found.push(end);
  }
  return found.length;
}
const ends = await toArray<number[][]>(q);
const answers = different(ends.slice(0, each));
const others = different(ends.slice(2 * each));

show('answers found', [
  { machine: kind, 'from twelve starts': answers },
  { machine: 'Hebbian', 'from twelve starts': others },
]);

check('different answers from twelve starts', answers, {
  below: 2,
  because: 'I − Φ is positive definite: one fixed point',
  breaks: { couplings: 'Hebbian' },
});
check('change in a step without damping', pace.last.naive, {
  above: 0.3,
  because: 'eigenvalues far below −2 make the softmax overshoot',
  breaks: { undamped: 0.1 },
});
