import * as tf from '@tensorflow/tfjs';
import { describe, expect, test } from 'vitest';
import { batches } from '../../../src/lab/data.ts';
import { readSafetensors, writeSafetensors } from '../../../src/lab/safetensors.ts';
import { readStored, writeStored } from '../../../src/lab/safetensors-bytes.ts';

const numbers = (tensor: tf.Tensor) => Array.from(tensor.dataSync());
const backwards = { permutation: (n: number) => Array.from({ length: n }, (_, i) => n - 1 - i) };
const seven = { x: tf.tensor2d([0, 10, 20, 30, 40, 50, 60], [7, 1]), y: tf.range(0, 7, 1, 'int32') };

describe('batches', () => {
  test('one pass follows the order and drops the rest', () => {
    const all = [...batches(seven, 3, backwards, 1)];
    expect(all.map(({ y }) => numbers(y))).toEqual([
      [6, 5, 4],
      [3, 2, 1],
    ]);
    expect(numbers(all[1].x)).toEqual([30, 20, 10]);
    expect(all[0].y.dtype).toBe('int32');
  });

  test('without passes it goes on, with a new order for each', () => {
    let drawn = 0;
    const order = batches(seven, 7, {
      permutation: (n) => (drawn++ ? backwards.permutation(n) : Array.from(Array(n).keys())),
    });
    expect(numbers(order.next().value.y)).toEqual([0, 1, 2, 3, 4, 5, 6]);
    expect(numbers(order.next().value.y)).toEqual([6, 5, 4, 3, 2, 1, 0]);
    expect(drawn).toBe(2);
  });

  test('a batch belongs to the scope that asked for it', () => {
    const order = batches(seven, 2, backwards);
    const before = tf.memory().numTensors;
    tf.tidy(() => void order.next());
    expect(tf.memory().numTensors).toBe(before);
  });

  test('errors name both numbers', () => {
    expect(() => batches(seven, 8, backwards).next()).toThrow('asked for 8 of 7');
    expect(() => batches({ x: seven.x, y: tf.zeros([3]) }, 2, backwards).next()).toThrow('7 and 3');
  });
});

describe('safetensors', () => {
  test('tensors survive the round trip', async () => {
    const given = {
      weight: tf.tensor2d([
        [1.5, -2],
        [0.25, 3e-8],
      ]),
      ids: tf.tensor1d([1, -70000], 'int32'),
      on: tf.tensor1d([1, 0, 1], 'bool'),
    };
    const read = readSafetensors(await writeSafetensors(given));
    expect(Object.keys(read)).toEqual(['weight', 'ids', 'on']);
    expect(read.weight.shape).toEqual([2, 2]);
    expect(numbers(read.weight)).toEqual(numbers(given.weight));
    expect([read.ids.dtype, read.on.dtype]).toEqual(['int32', 'int32']);
    expect([...numbers(read.ids), ...numbers(read.on)]).toEqual([1, -70000, 1, 0, 1]);
  });

  test('the layout is the published one', () => {
    const bytes = writeStored({ a: { shape: [2], data: Uint8Array.of(7, 8) } }, { by: 'hand' });
    const length = bytes[0];
    expect([...bytes.subarray(1, 8)]).toEqual(Array(7).fill(0));
    expect((8 + length) % 8).toBe(0);
    expect(JSON.parse(new TextDecoder().decode(bytes.subarray(8, 8 + length)))).toEqual({
      __metadata__: { by: 'hand' },
      a: { dtype: 'U8', shape: [2], data_offsets: [0, 2] },
    });
    expect([...bytes.subarray(8 + length)]).toEqual([7, 8]);
  });

  test('odd offsets and views into larger buffers are read', () => {
    const file = writeStored({
      odd: { shape: [3], data: Uint8Array.of(1, 2, 3) },
      after: { shape: [2], data: Float32Array.of(0.5, -1) },
    });
    const inside = new Uint8Array(file.length + 3);
    inside.set(file, 3);
    expect([...readStored(Buffer.from(inside.buffer, 3)).tensors.after.data]).toEqual([0.5, -1]);
  });

  test('a file cut short is refused', () => {
    const file = writeStored({ a: { shape: [4], data: Float32Array.of(1, 2, 3, 4) } });
    expect(() => readStored(file.subarray(0, file.length - 1))).toThrow("'a' of shape [4] needs 16 bytes");
    expect(() => readStored(file.subarray(0, 20))).toThrow('header');
    expect(() => readStored(new Uint8Array(3))).toThrow('3 bytes');
  });
});
