import type * as tf from '@tensorflow/tfjs';
import { ink, Plot, show, toArray } from 'lab';
import { after, before } from './experiment';
import { entries, keys, layers, meaning } from './tasks';

// The first agent's prompts; a line without evidence is empty.
const top = async (prompt: tf.Tensor) => {
  const mine = prompt.slice([0], [1]).squeeze([0]);
  return {
    entry: await toArray(mine.argMax(1)),
    known: await toArray(mine.max(1).greater(0.01)),
  };
};
const lines: Record<string, string | number | boolean>[] = [];
for (const [x, layer] of layers.entries()) {
  const [old, now] = [
    await top(before[layer]),
    await top(after[layer]),
  ];
  keys[layer].forEach((key, y) => {
    const entry = entries[layer][now.entry[y]];
    const was = old.known[y] ? entries[layer][old.entry[y]] : '·';
    const kept = was === entry;
    const right = now.entry[y] === meaning[layer][y];
    lines.push({
      x,
      y,
      key,
      was: kept ? '' : was,
      kept,
      right,
      entry,
    });
  });
}
const at = { x: 'x', y: 'y', textAnchor: 'start' };
show(
  'prompts of one agent',
  Plot.plot({
    title: 'The lines of the first agents, before and after',
    width: 420,
    height: 340,
    x: { domain: [-0.05, 2.95], axis: null },
    y: { domain: [16, -1.2], axis: null },
    marks: [
      Plot.text(
        layers.map((name, x) => ({ x, y: -1, name })),
        { ...at, text: 'name', fontWeight: 600 },
      ),
      Plot.text(lines, { ...at, text: 'key' }),
      Plot.text(lines, {
        ...at,
        text: 'was',
        dx: 66,
        fill: ink.muted,
      }),
      Plot.text(
        lines.filter((l) => l.kept),
        { ...at, text: 'entry', dx: 90 },
      ),
      Plot.text(
        lines.filter((l) => !l.kept),
        { ...at, text: 'entry', dx: 90, fill: ink.mechanism },
      ),
    ],
  }),
);
