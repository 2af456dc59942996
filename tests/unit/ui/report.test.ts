import { expect, test } from 'vitest';
import { type Facts, issueAddress, reportText } from '../../../src/ui/report/text.ts';

const facts = (change: Partial<Facts> = {}): Facts => ({
  words: 'The energy rises.',
  title: 'A paper',
  address: 'https://example.org/papers/a/?beta=2',
  cell: 'experiment',
  settings: 'beta = 2',
  seed: '7',
  run: 'Live on WASM (SIMD), 1.3 s: 1 of 2 checks hold.',
  backend: 'WASM, SIMD · 30 of 30 operations agree to 2e-5',
  adapter: 'apple m2',
  checks: [
    { verdict: 'holds', claim: 'it falls', figures: '0.1 below 1' },
    { verdict: 'fails', claim: 'it is small', figures: '3 not below 1' },
  ],
  errors: ['experiment.ts, line 3: no'],
  version: '0.1.0',
  release: 'abc123',
  browser: 'a browser',
  ...change,
});

test('a report says page, cell, settings, seed, backend, adapter, verdicts and version', () => {
  expect(reportText(facts())).toBe(`The energy rises.

- Page: A paper, https://example.org/papers/a/?beta=2
- Cell: experiment.ts
- Settings: beta = 2
- Seed: 7
- On screen: Live on WASM (SIMD), 1.3 s: 1 of 2 checks hold.
- Backend: WASM, SIMD · 30 of 30 operations agree to 2e-5
- Adapter: apple m2
- Error: experiment.ts, line 3: no
- Version: 0.1.0, release abc123
- Browser: a browser

Checks:

- holds: it falls: 0.1 below 1
- fails: it is small: 3 not below 1
`);
});

test('what is not said yet, or not known, has words of its own', () => {
  const text = reportText(facts({ words: ' ', cell: '', settings: '', checks: [], errors: [], release: '' }));
  expect(text).toMatch(/^\(What is wrong\?\)\n/);
  expect(text).toContain('- Cell: none, the page as a whole\n- Settings: the defaults\n');
  expect(text).toContain('- Version: 0.1.0\n');
  expect(text).not.toContain('Checks:');
});

test('the address of an issue carries title and text, in the form its host reads', () => {
  const github = new URL(issueAddress('https://example.org/a/b', 'x & y', 'one\ntwo #3'));
  expect(github.pathname).toBe('/a/b/issues/new');
  expect([github.searchParams.get('title'), github.searchParams.get('body')]).toEqual([
    'x & y',
    'one\ntwo #3',
  ]);
  const gitlab = new URL(issueAddress('https://gitlab.example.org/a/b', 'x', 'y'));
  expect(gitlab.pathname).toBe('/a/b/-/issues/new');
  expect(gitlab.searchParams.get('issue[description]')).toBe('y');
});

test('a text that is too long for an address is cut, and says so', () => {
  const address = issueAddress('https://example.org/a/b', 'x', 'ü'.repeat(20_000));
  expect(address.length).toBeLessThanOrEqual(7000);
  expect(address.length).toBeGreaterThan(6500);
  expect(new URL(address).searchParams.get('body')).toMatch(/^ü+\n\n\(Cut: .*paste the copied one\.\)$/);
});
