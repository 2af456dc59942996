import { ink, Plot, show, slider, toArray } from 'lab';
import { clear, lists, normal } from './prompts';
import { steered } from './steer';
import { drawn, reader } from './wires';
import type * as tf from '@tensorflow/tfjs';

const prompt = slider('prompt', {
  label: 'prompt drawn',
  min: 1,
  max: 20,
  step: 1,
  value: 1,
});
const last = ' '; // a column without a number
const slots = [0, 1, 2, 3, 4, 5];
// The prompt drawn, and its place among all.
const list = clear[prompt - 1];
const index = lists.indexOf(list);

/** What the reader, wired to the talker, makes of this prompt. */
async function row(
  name: string,
  { attention, logits }: typeof normal,
) {
  const one = (x: tf.Tensor) => x.gather(drawn).gather(index);
  const seen = one(attention).gather(reader);
  const weights = await toArray<number[]>(seen);
  const values = await toArray<number[]>(one(logits));
  const said = values.indexOf(Math.max(...values));
  const cells = slots.map((i) => ({
    name,
    place: `${i}`,
    weight: weights[i],
  }));
  const looksAt = weights.indexOf(Math.max(...weights));
  return {
    cells,
    looksAt,
    said: { name, place: last, text: `${said}` },
  };
}
const rows = [await row('not touched', normal)];
for (const i of slots)
  rows.push(await row(`set to ${i}`, steered[i]));
const names = rows.map(({ said }) => said.name);
const numbers = slots.map((i) => ({
  name: 'the list',
  place: `${i}`,
  text: `${list[i]}`,
}));
const header = { name: 'the list', place: last, text: 'answer' };
const asked = `${list[6] - 6}`;
show(
  'dial',
  Plot.plot({
    title: rows.slice(1).every(({ looksAt }, i) => looksAt === i)
      ? 'Set the channel to a place, and the reader looks there'
      : 'Where the reader looks when the channel is set to a place',
    height: 300,
    x: { domain: [...slots.map(String), last], label: 'place' },
    y: { domain: ['the list', ...names], label: null },
    color: { domain: [0, 1], label: 'attention of the reader' },
    marks: [
      Plot.cell(
        rows.flatMap(({ cells }) => cells),
        { x: 'place', y: 'name', fill: 'weight' },
      ),
      Plot.cell([{ name: 'the list', place: asked }], {
        x: 'place',
        y: 'name',
        stroke: ink.theory,
      }),
      Plot.text([...numbers, header], {
        x: 'place',
        y: 'name',
        text: 'text',
      }),
      Plot.text(
        rows.map(({ said }) => said),
        { x: 'place', y: 'name', text: 'text' },
      ),
    ],
  }),
);
