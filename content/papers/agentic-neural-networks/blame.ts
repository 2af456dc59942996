import * as tf from '@tensorflow/tfjs';
import { ink, Plot, random, show, toArray, toNumber } from 'lab';
import { begin, draw, entries, keys } from './tasks';
import { decide, messages, speak } from './team';

// Untrained teams, and the first task that blames the reader.
const prompts = begin(random, 3);
function attempt() {
  const { asked, truth } = draw(random, 1);
  const said = speak(prompts, asked);
  const seen = decide(said, [0, 0, 0]);
  return { asked, truth, said, seen, told: messages(seen, truth) };
}
let task = attempt();
for (let i = 0; i < 20; i++) {
  const wrong = task.seen.v.notEqual(task.truth.v);
  if (await toNumber(task.told.reader.sum().mul(wrong))) break;
  task = attempt();
}

const { asked, truth, said, seen, told } = task;
const spell = async (x: tf.Tensor, names: string[]) =>
  (await toArray(x.flatten())).map((i) => names[i]);
const word = await spell(asked.reader, keys.reader);
const number = await spell(said.reader.argMax(2), entries.reader);
const [a, b] = await spell(
  tf.concat([seen.a, seen.b]),
  entries.reader,
);
const [o] = await spell(seen.o, entries.solver);
const unit = (x: tf.Tensor) => spell(x.flatten(), entries.writer);
const [form] = await unit(seen.format);
const [v, want] = await toArray(tf.concat([seen.v, truth.v]));

// What the critiques ask of a layer: its entries of weight above 0.
const heard = async (critique: tf.Tensor, names: string[]) => {
  const weights = await toArray<number[][]>(critique);
  return weights.map((row) => names.filter((_, n) => row[n] > 0));
};
const numbers = await heard(told.reader, entries.reader);
const fixes = numbers.flatMap((each, i) =>
  each.map((n) => `${word[i]} = ${n}`),
);
const [operations] = await heard(told.solver, entries.solver);
const [forms] = await heard(told.writer, entries.writer);
const passed = fixes.length ? `no operation\ngives ${want}` : '';

const layers = [
  {
    name: 'reader',
    asks: word.join(', '),
    agents: [0, 2, 4].map((i) => `${number[i]}, ${number[i + 1]}`),
    says: `${a} and ${b}`,
    hears: fixes.join(' or\n') || 'nothing',
  },
  {
    name: 'solver',
    asks: (await spell(asked.solver, keys.solver))[0],
    agents: await spell(said.solver.argMax(2), entries.solver),
    says: `${a} ${o} ${b} = ${v}`,
    hears: operations.join(' or\n') || passed || 'nothing',
  },
  {
    name: 'writer',
    asks: (await spell(asked.writer, keys.writer))[0],
    agents: await unit(said.writer.argMax(2)),
    says: `${v} ${form}`,
    hears: `expected\n${want} ${forms[0]}`,
  },
].map((layer, x) => ({ ...layer, x }));
const nodes = layers.flatMap(({ x, agents }) =>
  agents.map((says, y) => ({ x, y: y + 1, says })),
);
const forth = [0, 1].map((x) => ({ from: x + 0.3, to: x + 0.64 }));
const back = [1, 2].map((x) => ({ from: x - 0.36, to: x - 0.64 }));
const link = { x1: 'from', x2: 'to', headLength: 9 };
const blue = ink.mechanism;
const row = (y: number, text: string) => ({ x: 'x', y, text });
show(
  'one failed task',
  Plot.plot({
    title: 'One task, what each layer says and what it is told',
    width: 420,
    height: 350,
    x: { domain: [-0.4, 2.4], axis: null },
    y: { domain: [6.6, -1], axis: null },
    marks: [
      Plot.text(layers, { ...row(-0.7, 'name'), fontWeight: 600 }),
      Plot.text(layers, { ...row(0, 'asks'), fontStyle: 'italic' }),
      Plot.dot(nodes, {
        x: 'x',
        y: 'y',
        dx: -30,
        r: 4,
        fill: ink.baseline,
      }),
      Plot.text(nodes, {
        x: 'x',
        y: 'y',
        text: 'says',
        fill: ink.muted,
      }),
      Plot.text(layers, row(4, 'says')),
      Plot.arrow(forth, {
        ...link,
        y1: 4.6,
        y2: 4.6,
        stroke: ink.baseline,
      }),
      Plot.arrow(back, { ...link, y1: 6.4, y2: 6.4, stroke: blue }),
      Plot.text(layers, { ...row(5.6, 'hears'), fill: blue }),
    ],
  }),
);
