import * as tf from '@tensorflow/tfjs';
import { data, nn } from 'lab';
import { type Net, readOut, states } from './mechanism';

type T = tf.Tensor;

export const numUnits = 64;
export const numBlocks = 4;
export const widths = Array.from(
  { length: 32 },
  (_, i) => 2 + 2 * i,
);
export const depths = [0, 1, 2, 3, 4];

export const digits = await data.mnist({
  size: 14,
  train: 3000,
  test: 500,
  flat: true,
  normalise: { minus: 0.13, times: 3 },
});

/** The same start for all networks of a stack. */
export function start(count: number): Net {
  const all = (w: T) => w.expandDims(0).tile([count, 1, 1, 1]);
  const flat = (w: T) => all(w).squeeze([1]);
  return {
    stem: flat(nn.he([1, 196, numUnits])),
    blocks: all(nn.he([numBlocks, numUnits, numUnits], 0.25)),
    head: flat(nn.he([1, numUnits, 10], Math.SQRT1_2)),
  };
}

/** Some networks of a stack: `count` of them, beginning at `from`. */
export function pick(net: Net, from: number, count = 1): Net {
  const of = (w: T) => w.slice([from], [count]);
  return {
    stem: of(net.stem),
    blocks: of(net.blocks),
    head: of(net.head),
  };
}

/** Digits are shown to all networks of a stack. */
export const toAll = (x: T, count: number) =>
  x.expandDims(0).tile([count, 1, 1]);

/** Whether digits are told right after each stage: [L + 1, S, B]. */
export function toldRight(x: T, y: T, net: Net) {
  const stages = states(toAll(x, net.stem.shape[0]), net);
  const answers = stages.map((h) => readOut(h, net).argMax(-1));
  return tf.stack(answers).equal(y).toFloat();
}
