import { expect, test } from 'vitest';
import type { Verdict } from '../../../src/protocol.ts';
import { costHere, foretold, keepPace, knownPace } from '../../../src/ui/notebook/cost.ts';

const recording = { milliseconds: 2000, kernels: 50_000, probe: 2 };
const storage = () => {
  const kept = new Map<string, string>();
  return {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
  } as unknown as Storage;
};
const on = (backend: Verdict['backend']) => ({ backend }) as Verdict;

test('WASM is foretold from the probe here and where it was recorded', () => {
  expect(foretold(recording, { backend: 'wasm' }, {}, () => 4)).toBe(4000);
  expect(foretold({ ...recording, probe: undefined }, { backend: 'wasm' }, {}, () => 4)).toBe(2000);
});

test('WebGPU is foretold from the number of kernels', () => {
  expect(foretold(recording, { backend: 'webgpu' }, {})).toBeCloseTo(5500);
  expect(foretold(recording, { backend: 'webgpu', software: true }, {})).toBeCloseTo(140_000);
  expect(foretold(recording, { backend: 'webgpu', software: true }, { webgpu: 2 })).toBe(100_000);
});

test('what a run took here counts more, for any notebook after it', () => {
  const one = storage();
  keepPace(recording, on('wasm'), 6000, () => one);
  keepPace(recording, on('webgpu'), 25_000, () => one);
  const pace = knownPace(() => one);
  expect(foretold({ milliseconds: 100, kernels: 100, probe: 1 }, { backend: 'wasm' }, pace, () => 9)).toBe(
    300,
  );
  expect(foretold({ milliseconds: 100, kernels: 100 }, { backend: 'webgpu' }, pace)).toBe(50);
});

test('a browser that keeps nothing foretells from the probe', () => {
  const refused = (): Storage => {
    throw new Error('refused');
  };
  keepPace(recording, on('wasm'), 6000, refused);
  expect(knownPace(refused)).toEqual({});
});

test('in words', () => {
  expect([20, 400, 2600].map(costHere)).toEqual(['about 0.1 s here', 'about 0.4 s here', 'about 3 s here']);
});
