import * as tf from '@tensorflow/tfjs';
import { adam, images, parameters, random } from 'lab';
import { show, slider, steps, toNumber } from 'lab';
import { removed } from './experiment';
import { distillation } from './mechanism';
import { found } from './shrink';
import { accuracies, logits, spiral, start } from './spiral';
import { sizeOf, stored, students, teacher } from './students';

type T = tf.Tensor;

const anew = slider('anew', {
  label: 'updates of a student that starts anew',
  min: 0,
  max: 300,
  value: 0,
  step: 50,
});

/** A vector of all weights, cut into layers [1, in + 1, out]. */
function cut(flat: T, widths: number[]) {
  const sizes = [2, ...widths, 3];
  let begin = 0;
  return sizes.slice(1).map((out, i) => {
    const count = (sizes[i] + 1) * out;
    const part = flat.slice([begin], [count]);
    begin += count;
    return part.reshape([1, sizes[i] + 1, out]);
  });
}
/** As trained beforehand, on logits: eight bits a weight. */
function shipped(widths: number[]) {
  const name = widths.join('-');
  const i = students.findIndex((student) => student.name === name);
  const before = students.slice(0, i);
  const begin = before.reduce((sum, { size }) => sum + size, 0);
  const codes = stored.codes.slice([begin], [sizeOf(widths)]);
  return cut(codes.mul(stored.scales.gather(i)), widths);
}
const taughtBy = cut(stored.teacher, teacher);

// Formula (5), live: 400 points with the teacher's logits.
const { points } = spiral(random, 400);
const z = logits(points.expandDims(0), taughtBy);
const first = start(random, 1, found);
const net = parameters(
  Object.fromEntries(first.map((w, i) => [`w${i}`, w as T])),
);
const optimiser = adam(net, { rate: 0.01 });
for await (const step of steps(anew, 'distilling a student')) {
  const part = Math.cos((Math.PI * step) / anew);
  optimiser.rate = 0.005 * (1 + part);
  const drawn = random.integers([64], 0, 400);
  const x = points.gather(drawn).expandDims(0);
  await optimiser.step((net) => {
    const answers = logits(x, Object.values(net));
    return distillation(answers, z.gather(drawn, 1)).sum();
  });
}
const last =
  anew > 0 ? Object.values(net.values()) : shipped(found);

const test = spiral(random, 1000);
const all = test.points.expandDims(0);
const told = (layers: T[]) =>
  toNumber(accuracies(logits(all, layers), test.arms).sum());
const nets = [taughtBy, shipped(removed), last];
const sizes = [teacher, removed, found].map(sizeOf);
const names: string[] = [];
for (const [i, layers] of nets.entries()) {
  const right = 100 * (await told(layers));
  names.push(`${sizes[i]} weights, ${right.toFixed(0)} %`);
}

// To which arm does a network give each place of the plane?
const side = 56;
const line = tf.linspace(-2.2, 2.2, side);
const [x, y] = tf.meshgrid(line, line.reverse());
const grid = tf.stack([x, y], 2).reshape([1, -1, 2]);
const region = (layers: T[]) =>
  logits(grid, layers).argMax(-1).reshape([side, side]).toFloat();
show(
  'regions',
  await images(tf.stack(nets.map(region)), {
    title: 'Three arms of a spiral, as three networks see them',
    columns: names,
    range: [0, 2.5],
  }),
);
