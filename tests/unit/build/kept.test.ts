import { rmSync } from 'node:fs';
import { afterAll, expect, test } from 'vitest';
import { keyOfSources, recall, remember } from '../../../src/build/kept.ts';

const name = `test-${process.pid}`;
afterAll(() => rmSync(`.cache/kept/${name}`, { force: true }));

test('what is kept comes back while it is asked for under its key, lines and all', () => {
  expect(recall(name, 'a')).toBeUndefined();
  expect(remember(name, 'a', 'one\ntwo\n')).toBe('one\ntwo\n');
  expect(recall(name, 'a')).toBe('one\ntwo\n');
  expect(recall(name, 'b')).toBeUndefined();
  remember(name, 'b', '');
  expect([recall(name, 'a'), recall(name, 'b')]).toEqual([undefined, '']);
});

test('the key of the sources is the same as long as they are', () => {
  expect(keyOfSources()).toMatch(/^[0-9a-f]{64}$/);
  expect(keyOfSources()).toBe(keyOfSources());
});
