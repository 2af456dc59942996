import * as tf from '@tensorflow/tfjs';
import { baseline, chart, check, mean, toNumber } from 'lab';
import { moved, type Net, outputEffect } from './mechanism';
import { readOut, stream } from './mechanism';
import { deep, images, layers, network } from './networks';
import { untrained } from './networks';

const x = images.slice([0], [400]);

/** What happens without each layer: to the output, and to later c. */
async function effects(net: Net) {
  const { states, parts } = stream(x, net);
  const logits = readOut(states.at(-1)!, net);
  const rows = [];
  for (let s = 0; s < layers; s++) {
    const [output, later] = tf.tidy(() => {
      const without = stream(x, net, [s]);
      const end = readOut(without.states.at(-1)!, net);
      const changes = parts
        .slice(s + 1)
        .map((c, i) => moved(without.parts[s + 1 + i], c));
      const all = changes.length
        ? tf.stack(changes)
        : tf.zeros([1]);
      return [outputEffect(end, logits), all.mean()];
    });
    rows.push({
      output: await toNumber(output),
      later: await toNumber(later),
    });
  }
  return rows;
}
const ours = await effects(deep);
const other = await effects(untrained);
const rows = ours.map(({ output }, s) => ({
  layer: s + 1,
  output,
  random: other[s].output,
}));
const chosen = network === 'trained' ? 'trained' : 'the chosen one';
const fell = chart(
  'skips',
  {
    title: 'How far the answer moves when one layer is left out',
    over: 'layer',
    x: { label: 'layer left out', ticks: 12 },
    y: { type: 'log', label: 'change of the probabilities' },
    lines: {
      random: baseline('random'),
      output: chosen,
    },
  },
  rows,
);
const halves = (list: number[]) =>
  mean(list.slice(0, layers / 2)) / mean(list.slice(layers / 2));
const ratio = halves(fell.rows.map(({ output }) => output));
check(
  'effect of early layers on the answer, over late ones',
  ratio,
  {
    above: 3.5,
    because: 'late layers refine an answer that stands already',
    breaks: { network: 'random' },
  },
);

// What the same layers do to the layers after them is no evidence.
chart(
  'later',
  {
    title: 'How far the contributions of later layers move',
    over: 'layer',
    x: { label: 'layer left out', ticks: 12 },
    y: { label: 'relative change of later c' },
    lines: {
      random: baseline('random'),
      trained: chosen,
    },
  },
  ours.slice(0, -1).map(({ later }, s) => ({
    layer: s + 1,
    trained: later,
    random: other[s].later,
  })),
);
