import { afterEach, expect, test, vi } from 'vitest';
import { type Edit, hasEdits, keepEdit, keptEdits } from '../../../src/ui/edit/store.ts';

const edit = (text: string): Edit => ({ of: 'abc', text, at: '2026-11-27T09:00:00.000Z' });

function store(entries: Record<string, string> = {}) {
  const map = new Map(Object.entries(entries));
  return {
    getItem: (key: string) => map.get(key) ?? null,
    setItem: (key: string, value: string) => void map.set(key, value),
    removeItem: (key: string) => void map.delete(key),
    map,
  } as unknown as Storage & { map: Map<string, string> };
}
const throwing = (name: string) =>
  ({
    getItem: () => null,
    setItem: () => {
      throw new DOMException('no', name);
    },
  }) as unknown as Storage;

test('an edit is kept, comes back, and is forgotten without a trace', () => {
  const storage = store();
  expect(hasEdits('a', () => storage)).toBe(false);
  expect(keepEdit('a', 'experiment', edit('x'), () => storage)).toBe('kept');
  expect(keepEdit('a', 'mechanism', edit('y'), () => storage)).toBe('kept');
  expect(keptEdits('a', () => storage)).toEqual({ experiment: edit('x'), mechanism: edit('y') });
  expect(keptEdits('b', () => storage)).toEqual({});
  expect(hasEdits('a', () => storage)).toBe(true);
  keepEdit('a', 'experiment', undefined, () => storage);
  expect(keptEdits('a', () => storage)).toEqual({ mechanism: edit('y') });
  keepEdit('a', 'mechanism', undefined, () => storage);
  expect(storage.map.size).toBe(0);
});

test('a full store and a refusing one are told apart, and neither throws', () => {
  expect(keepEdit('a', 'b', edit('x'), () => throwing('QuotaExceededError'))).toBe('full');
  expect(keepEdit('a', 'b', edit('x'), () => throwing('SecurityError'))).toBe('refused');
  const none = (): Storage => {
    throw new DOMException('no', 'SecurityError');
  };
  expect(keepEdit('a', 'b', edit('x'), none)).toBe('refused');
  expect(keptEdits('a', none)).toEqual({});
  expect(hasEdits('a', none)).toBe(false);
});

test('what is no edit is left out', () => {
  const kept = (text: string) => keptEdits('a', () => store({ 'working-papers-edits:a': text }));
  for (const text of ['', 'null', '7', '[1]', '{"b":1}', '{"b":{"of":"x"}}', '{'])
    expect(kept(text)).toEqual({});
});

afterEach(() => vi.unstubAllGlobals());

test('the current cells are the site’s, with the edits of this very release in their place', async () => {
  const cells = ['mechanism', 'experiment'].map((name) => ({
    name,
    text: `site ${name}`,
    hash: `h-${name}`,
  }));
  vi.stubGlobal('location', { protocol: 'https:', href: 'https://a/_site/notebook.js' });
  vi.stubGlobal('document', {
    createElement: () => ({}),
    head: { append: (element: { onload(): void }) => element.onload() },
  });
  const storage = store();
  keepEdit('a', 'experiment', { ...edit('mine'), of: 'h-experiment' }, () => storage);
  keepEdit('a', 'mechanism', { ...edit('of an older one'), of: 'other' }, () => storage);
  vi.stubGlobal('localStorage', storage);
  vi.stubGlobal('window', { workingPapersSources: { a: cells } });
  const { currentCells } = await import('../../../src/ui/edit/current-cells.ts');
  expect(await currentCells('a')).toEqual([
    { name: 'mechanism', text: 'site mechanism', edited: false },
    { name: 'experiment', text: 'mine', edited: true },
  ]);
  // An awake notebook knows more: an edit that could not be kept, or was just reset.
  vi.stubGlobal('window', {
    workingPapersSources: { a: cells },
    workingPapersOverlay: { a: () => ({ mechanism: 'typed' }) },
  });
  expect((await currentCells('a')).map(({ text }) => text)).toEqual(['typed', 'site experiment']);
});
