import * as tf from '@tensorflow/tfjs-core';
import type { Random } from './random.ts';

/** Small tasks that several papers are tried on, so that their pages can be compared. */
export const createTasks = (random: Random) => ({
  /**
   * A list and a pointer into it: `slots` numbers T below `slots`, then a query q. The answer is T at q; with two `hops`
   * T at T at q, which a single softmax from the last token cannot reach, for the second place is known only after the
   * first look. Tokens [count, slots + 1] (numbers are 0 … slots − 1, queries slots … 2·slots − 1) and answers [count],
   * both int32.
   */
  pointer(count: number, { slots = 6, hops = 1 }: { slots?: number; hops?: number } = {}) {
    const width = slots + 1;
    const tokens = new Int32Array(count * width);
    const answers = new Int32Array(count);
    for (let row = 0; row < count; row++) {
      const list = tokens.subarray(row * width, row * width + slots);
      for (let k = 0; k < slots; k++) list[k] = random.integer(0, slots);
      let place = random.integer(0, slots);
      tokens[row * width + slots] = slots + place;
      for (let hop = 0; hop < hops; hop++) place = list[place];
      answers[row] = place;
    }
    return {
      tokens: tf.tensor2d(tokens, [count, width], 'int32'),
      answers: tf.tensor1d(answers, 'int32'),
    };
  },
});
