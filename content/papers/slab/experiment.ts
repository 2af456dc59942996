import * as tf from '@tensorflow/tfjs';
import { adam, batches, check, parameters, select } from 'lab';
import { show, slider, steps } from 'lab';
import { fading } from './mechanism';
import { digits, forward, start, training } from './networks';
import { unseen } from './networks';
import { gammas, type Reading, ridge } from './ridge';
import { accuracy, frozen } from './testing';

const fade = select('fade', {
  label: 'LayerNorm fades over T steps',
  options: [20, 0, 10, 30, 'never'],
});
const T =
  fade === 'never' ? Number.POSITIVE_INFINITY : Number(fade);
const eta = slider('eta', {
  label: 'skip η at the start',
  min: 0,
  max: 1,
  value: 1,
  step: 0.25,
});

// From the same weights, on the same batches: a Transformer; one
// with the paper's attention; one with its norm as well.
const [transformer, sla, slab] = [0, 1, 2];
const net = parameters(start([0, 0, eta]));
const rate = 0.03;
const size = 48;
const optimiser = adam(net, { rate });
const batch = batches(digits, size);

// If LayerNorm had the weight γ now, what could still be read?
const first = (t: tf.Tensor) => t.slice([0], [150]);
const some = { x: first(unseen.x), y: first(unseen.y) };
const each = gammas.flatMap((lnWeight) => [
  { network: sla, lnWeight },
  { network: slab, lnWeight },
]);
const readings: Reading[] = [];
async function read(step: number) {
  const { logits } = frozen(net.values(), each);
  const found = await accuracy(logits, some);
  each.forEach(({ network, lnWeight: gamma }, i) => {
    const right = found[i];
    readings.push(
      network === slab
        ? {
            network: 'PRepBN',
            step,
            gamma,
            right,
            now: fading(step, T),
          }
        : { network: 'LayerNorm', step, gamma, right, now: 1 },
    );
  });
  show('ridge', ridge(readings));
}

const last = 30;
for await (const step of steps(last, 'training three networks')) {
  if (step > 0 && step % 5 === 0) await read(step);
  const { x, y } = batch.next().value;
  const label = tf.oneHot(y, 10, 1, 0, 'float32');
  optimiser.rate = rate * (1 - step / last);
  await optimiser.step((now) => {
    const norm = training(now, fading(step, T));
    const out = forward(x, now, norm, 1);
    const log = out.sub(tf.logSumExp(out, -1, true));
    return log.mul(label).sum().div(-size);
  });
}
await read(last);

// All test digits, at the γ that is left at the end.
const four = [
  { network: transformer, lnWeight: 1 },
  { network: sla, lnWeight: 1 },
  { network: sla, lnWeight: 0 },
  { network: slab, lnWeight: 0 },
];
const { logits } = frozen(net.values(), four, 1);
const [base, twin, swapped, ours] = await accuracy(logits, unseen);
const row = (attention: string, norm: string, share: number) => {
  const right = `${(100 * share).toFixed(1)} %`;
  return {
    attention,
    'norm at the test': norm,
    accuracy: right,
  };
};
show('test digits', [
  row('softmax', 'LayerNorm', base),
  row('linear', 'LayerNorm', twin),
  row('linear', 'LayerNorm, swapped for BatchNorm', swapped),
  row('linear', 'PRepBN', ours),
]);

const finished = frozen(net.values(), [
  { network: slab, lnWeight: 0 },
]);
/** SLAB as trained, and the μ and σ of its two norms. */
export const trained = finished.net;
export const noted = finished.noted;

check('lead of PRepBN over an abrupt swap', ours - swapped, {
  above: 0.15,
  because: 'it learnt to do without LayerNorm while γ went to 0',
  breaks: { fade: 'never' },
});
check(
  'accuracy with PRepBN, less that with LayerNorm',
  ours - twin,
  {
    above: -0.03,
    because: 'at the end nothing of LayerNorm is missed',
    breaks: { fade: 0 },
  },
);
const end = readings.slice(-each.length);
const at = (gamma: number) =>
  end.find(
    (one) => one.network === 'PRepBN' && one.gamma === gamma,
  )!;
const lost = at(0).right - at(1).right;
check('accuracy lost if LayerNorm came back', lost, {
  above: 0.08,
  because: 'the network has moved to γ = 0, where it is read',
  breaks: { fade: 'never' },
});
