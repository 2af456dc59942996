import * as tf from '@tensorflow/tfjs-core';
import type { Host } from './host.ts';

/**
 * The one loop helper: `for await (const i of steps(100, 'training'))`. Runs over 0 … n − 1 or over the
 * items of an array, shows progress, lets Stop in, and disposes after each round every tensor made in it;
 * what outlives a round lives in `parameters`, `tf.variable` or a tensor given to `tf.keep`.
 */
export const createSteps = (host: Host) =>
  async function* steps<T = number>(over: number | readonly T[], label = 'steps'): AsyncGenerator<T> {
    const items =
      typeof over === 'number'
        ? Array.from({ length: Math.min(over, host.cut ?? over) }, (_, i) => i as T)
        : over;
    host.progress(label, 0, items.length);
    for (const [i, item] of items.entries()) {
      await host.breathe();
      host.goOn();
      tf.engine().startScope('step');
      try {
        yield item;
      } finally {
        tf.engine().endScope();
      }
      host.progress(label, i + 1, items.length);
    }
  };
