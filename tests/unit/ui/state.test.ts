import { afterEach, expect, test, vi } from 'vitest';
import type { ControlSpec } from '../../../src/protocol.ts';
import { createState } from '../../../src/ui/notebook/state.ts';

const beta: ControlSpec = {
  key: 'beta',
  kind: 'slider',
  cell: 'experiment',
  label: 'β',
  value: 8,
  min: 0,
  max: 64,
};

/** The state of a notebook whose page was opened with this query, and the addresses it wrote. */
function opened(search: string) {
  const written: string[] = [];
  vi.stubGlobal('window', {});
  vi.stubGlobal('location', { search, pathname: '/papers/a/', hash: '#notebook' });
  vi.stubGlobal('history', {
    state: null,
    replaceState: (_state: null, _title: string, url: string) => written.push(url),
  });
  return { state: createState([beta]), written };
}
afterEach(() => vi.unstubAllGlobals());

test('settings begin with the address and are kept in it, without what is a default', () => {
  const { state, written } = opened('?beta=2&software=true&other=1');
  expect(state.now()).toEqual({ beta: 2 });
  expect(state.isAtDefaults()).toBe(false);
  state.put({ beta: 8, seed: 3 });
  expect(state.keep()).toEqual({ seed: 3 });
  expect(state.now()).toEqual({ seed: 3 });
  expect(written).toEqual(['/papers/a/?seed=3&software=true#notebook']);
});

test('a control that a run adds has a default, too', () => {
  const { state, written } = opened('');
  state.controls.set('steps', { ...beta, key: 'steps', value: 100 });
  state.put({ steps: 100 });
  expect(state.keep()).toEqual({});
  expect(state.isAtDefaults()).toBe(true);
  expect(written).toEqual(['/papers/a/#notebook']);
});
