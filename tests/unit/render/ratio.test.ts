import { expect, test, vi } from 'vitest';
import { newDocument } from './page.ts';
import { bitsWrong } from './samples.ts';

test('on a coarse screen Plot draws as it does in Node, and the page keeps its pixel ratio', async () => {
  Object.defineProperty(globalThis, 'devicePixelRatio', { configurable: true, get: () => 1 });
  vi.stubGlobal('window', globalThis);
  const { drawPlot } = await import('../../../src/render/plot.ts');
  const rule = drawPlot(bitsWrong, newDocument()).querySelector('line')!;
  expect(rule.parentElement!.getAttribute('stroke-dasharray')).toBe('3,3');
  expect(rule.parentElement!.hasAttribute('transform')).toBe(false);
  expect(globalThis.devicePixelRatio).toBe(1);
  vi.unstubAllGlobals();
});
