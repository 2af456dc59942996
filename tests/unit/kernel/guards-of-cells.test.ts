import { afterEach, expect, test } from 'vitest';
import { mustBeBearable, mustBeFew } from '../../../src/kernel/limits.ts';
import { paced } from '../../../src/kernel/pace.ts';
import { watchShared } from '../../../src/kernel/shared-objects.ts';
import type { FromKernel } from '../../../src/protocol.ts';
import { testKernel } from './kernel.ts';

const output = (id: string, markdown: string): FromKernel => ({
  type: 'output',
  run: 1,
  shown: { cell: 'a', name: id, id, output: { kind: 'text', markdown } },
});
const words = (messages: FromKernel[]) =>
  messages.map((message) =>
    message.type === 'output' ? (message.shown.output as { markdown: string }).markdown : message.type,
  );

/** A pace on a clock that the test moves. */
function pace() {
  const sent: FromKernel[] = [];
  const timers: (() => void)[] = [];
  const clock = { now: 0 };
  const post = paced(
    (message) => sent.push(structuredClone(message)),
    () => clock.now,
    (work) => timers.push(work),
  );
  const ring = () => {
    for (const work of timers.splice(0)) work();
  };
  return { sent, clock, post, ring };
}

test('of a figure that changes faster than a screen, the first and the last state are sent', () => {
  const { sent, post, ring } = pace();
  for (let i = 0; i < 1000; i++) post(output('a', String(i)));
  expect(words(sent)).toEqual(['0']);
  ring();
  expect(words(sent)).toEqual(['0', '999']);
});

test('what waits goes before whatever else is said, as it was when it was shown', () => {
  const { sent, post } = pace();
  const rows = [{ x: 1 }];
  const table = (): FromKernel => ({
    type: 'output',
    run: 1,
    shown: { cell: 'a', name: 't', id: 't', output: { kind: 'table', rows } },
  });
  post(table());
  post(table());
  rows.length = 0;
  post({ type: 'cell-end', run: 1, cell: 'a', milliseconds: 1, kernels: 1 });
  expect(sent.map(({ type }) => type)).toEqual(['output', 'output', 'cell-end']);
  expect(sent[1]).toMatchObject({ shown: { output: { rows: [{ x: 1 }] } } });
});

test('figures of different names do not wait for one another, nor does one whose time has come', () => {
  const { sent, post, clock } = pace();
  post(output('a', 'a1'));
  post(output('b', 'b1'));
  post(output('a', 'a2'));
  clock.now = 40;
  post(output('a', 'a3'));
  expect(words(sent)).toEqual(['a1', 'b1', 'a3']);
});

test('limits: what every notebook shows passes, what no page can draw is refused in words', () => {
  expect(() => mustBeFew('outputs', 199)).not.toThrow();
  expect(() => mustBeFew('outputs', 200)).toThrow('more than 200 outputs');
  expect(() => mustBeBearable('it', { rows: Array(40_000).fill({ x: 1, y: 2 }) })).not.toThrow();
  expect(() => mustBeBearable('it', { rows: Array(100_000).fill({ x: 1, y: 2 }) })).toThrow('values');
  expect(() => mustBeBearable('it', { markdown: 'x'.repeat(10_001) })).toThrow('10,001 letters');
  expect(() => mustBeBearable('it', { pixels: 'x'.repeat(100_000) })).not.toThrow();
  const round: { in?: object } = {};
  round.in = round;
  expect(() => mustBeBearable('it', round)).toThrow('values');
});

const undo: (() => void)[] = [];
afterEach(() => {
  for (const work of undo.splice(0)) work();
});

test('what is changed on the objects that cells share is named and put back', () => {
  const look = watchShared(['Array', 'Number', 'Promise', 'setTimeout'], {});
  undo.push(() => look());
  expect(look()).toBeUndefined();
  const { map } = Array.prototype;
  Array.prototype.map = () => [] as never;
  expect(look()).toBe('Array.prototype.map');
  expect(Array.prototype.map).toBe(map);
  (Object.prototype as { evil?: number }).evil = 1;
  expect(look()).toContain('evil');
  expect('evil' in {}).toBe(false);
  Number.isFinite = () => true;
  expect(look()).toBe('Number.isFinite');
  const wait = globalThis.setTimeout;
  globalThis.setTimeout = (() => 0) as never;
  expect(look()).toBe('globalThis.setTimeout');
  expect(globalThis.setTimeout).toBe(wait);
  const { next } = Object.getPrototypeOf([][Symbol.iterator]());
  Object.getPrototypeOf([][Symbol.iterator]()).next = () => ({ done: true });
  expect(look()).toContain('iterator of an array.next');
  expect(Object.getPrototypeOf([][Symbol.iterator]()).next).toBe(next);
  Object.setPrototypeOf(Promise.prototype, {});
  expect(look()).toContain('Promise');
  expect(Object.getPrototypeOf(Promise.prototype)).toBe(Object.prototype);
  Math.random = () => 0.5;
  expect(look()).toBeUndefined();
});

test('a cell cannot change the lab for others, nor what another cell exports', async () => {
  const kernel = testKernel();
  const found = await kernel.runOnce({
    one: 'export const a = [1]; export const f = () => 2;',
    two: `import * as one from './one';
import { Plot, show } from 'lab';
const tries = [() => { Plot.plot = 0; }, () => { one.f = 0; }, () => { delete one.f; }, () => Object.defineProperty(one, 'g', { value: 1 })];
show('refused', String(tries.filter((t) => { try { t(); return false; } catch { return true; } }).length));`,
  });
  expect(found.errors).toEqual([]);
  expect(found.shown[0].output).toEqual({ kind: 'text', markdown: '4' });
});
