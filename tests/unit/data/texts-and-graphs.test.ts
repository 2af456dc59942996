import * as tf from '@tensorflow/tfjs';
import { describe, expect, test } from 'vitest';
import { createData } from '../../../src/lab/data.ts';
import { assets } from './assets.ts';

const data = createData(assets);
const numbers = (tensor: tf.Tensor) => Array.from(tensor.dataSync());

describe('words', () => {
  test('vectors are GloVe’s: neighbours are what they are known to be', async () => {
    const { words, vectors, index } = await data.words({ content: true, unit: true });
    const like = numbers(tf.matMul(vectors, tf.gather(vectors, [index.get('king')!]), false, true));
    const order = words.map((_, i) => i).sort((a, b) => like[b] - like[a]);
    expect(order.slice(0, 3).map((i) => words[i])).toEqual(['king', 'prince', 'queen']);
    expect(like[order[1]]).toBeCloseTo(0.768, 2);
  });

  test('values survive eight bits: the length of "king" is the published 6.1176', async () => {
    const { vectors, index, words } = await data.words();
    expect(words.length).toBe(4000);
    expect(vectors.shape).toEqual([4000, 100]);
    const king = numbers(tf.norm(tf.gather(vectors, [index.get('king')!])))[0];
    expect(Math.abs(king - 6.1176004)).toBeLessThan(0.02);
  });

  test('count takes the most frequent; content leaves grammar out', async () => {
    expect((await data.words({ count: 3 })).words).toEqual(['the', 'of', 'to']);
    const { words } = await data.words({ content: true });
    expect(words).not.toContain('the');
    await expect(data.words({ count: 9000 })).rejects.toThrow('asked for 9000, there are 4000');
  });
});

describe('addresses', () => {
  test('passages are read back as text', async () => {
    const { passages, words, text } = await data.sotu();
    expect(passages.length).toBe(2096);
    expect(passages[0]).toMatchObject({ year: 1790, president: 'George Washington' });
    expect(passages.at(-1)).toMatchObject({ year: 2021, president: 'Joseph R Biden', party: 'Democratic' });
    expect(text(passages[5])).toContain('peace and security enjoyed by the united states');
    expect(Math.min(...passages.map(({ ids }) => ids.length))).toBeGreaterThanOrEqual(60);
    expect(Math.max(...passages.map(({ ids }) => Math.max(...ids)))).toBeLessThan(words.length);
    expect(words).toEqual((await data.words()).words);
  });

  test('count spreads over the years', async () => {
    const years = (await data.sotu({ count: 20 })).passages.map(({ year }) => year);
    expect(years).toEqual([...years].sort((a, b) => a - b));
    expect(years[0]).toBe(1790);
    expect(years.at(-1)).toBeGreaterThan(2005);
  });
});

describe('graphs', () => {
  test('the karate club: known degrees and triangles', async () => {
    const { adjacency, edges, groups } = await data.karate();
    expect(edges.shape).toEqual([78, 2]);
    const degrees = numbers(tf.sum(adjacency, 0));
    expect([degrees[0], degrees[32], degrees[33]]).toEqual([16, 12, 17]);
    const cube = tf.matMul(adjacency, tf.matMul(adjacency, adjacency));
    expect(numbers(tf.sum(tf.mul(cube, tf.eye(34))))[0] / 6).toBe(45);
    expect(numbers(tf.sum(groups))[0]).toBe(17);
  });

  test('Les Misérables: Valjean meets most', async () => {
    const { adjacency, edges, names, weights, groups } = await data.miserables();
    expect([names.length, edges.shape[0], groups.shape[0]]).toEqual([77, 254, 77]);
    const met = numbers(tf.sum(tf.cast(tf.greater(adjacency, 0), 'int32'), 0));
    expect(names[met.indexOf(Math.max(...met))]).toBe('Valjean');
    expect(Math.max(...met)).toBe(36);
    expect(Math.max(...numbers(weights))).toBe(31);
  });
});
