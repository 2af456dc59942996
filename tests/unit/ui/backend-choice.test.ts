import { expect, test } from 'vitest';
import type { Verdict } from '../../../src/protocol.ts';
import { keepBackend, offerOfWasm, wantedBackend } from '../../../src/ui/notebook/backend-choice.ts';

function storage(): Storage {
  const kept = new Map<string, string>();
  return {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key),
  } as unknown as Storage;
}
const refused = () => {
  throw new Error('storage is off');
};

test('the address comes before the choice that was kept, and nonsense is no choice', () => {
  const kept = storage();
  expect(wantedBackend(new URLSearchParams(), () => kept)).toBeUndefined();
  keepBackend('wasm', () => kept);
  expect(wantedBackend(new URLSearchParams(), () => kept)).toBe('wasm');
  expect(wantedBackend(new URLSearchParams('backend=webgpu'), () => kept)).toBe('webgpu');
  expect(wantedBackend(new URLSearchParams('backend=abacus'), () => kept)).toBeUndefined();
  keepBackend('', () => kept);
  expect(wantedBackend(new URLSearchParams(), () => kept)).toBeUndefined();
});

test('where nothing can be kept a choice holds for the page', () => {
  expect(() => keepBackend('wasm', refused)).not.toThrow();
  expect(wantedBackend(new URLSearchParams(), refused)).toBeUndefined();
});

test('WASM is offered where it was plainly faster, and nowhere else', () => {
  const on = (backend: Verdict['backend']) => ({ backend }) as Verdict;
  const recording = { milliseconds: 3752, kernels: 93571 };
  expect(offerOfWasm(on('webgpu'), 8041, recording)).toBe(
    'Its 93,571 small operations took 8 s here on WebGPU, and 3.8 s on WASM where the page was recorded.',
  );
  expect(offerOfWasm(on('webgpu'), 5000, recording)).toBe('');
  expect(offerOfWasm(on('webgpu'), 1900, { ...recording, milliseconds: 100 })).toBe('');
  expect(offerOfWasm(on('wasm'), 8041, recording)).toBe('');
});
