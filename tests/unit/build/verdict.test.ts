import { expect, test } from 'vitest';
import { provenance } from '../../../src/build/provenance.ts';
import { times, verdictOf, verdictSentences } from '../../../src/build/verdict.ts';
import { recording } from './recording.ts';

const margin = (value: number) => () => value;

test('a recording where all is well', () => {
  const verdict = verdictOf(recording(), margin(1.74));
  expect(verdict).toMatchObject({ holding: 2, total: 2, seedsHolding: 3, seeds: 3, breakable: true });
  expect(verdictSentences(verdict)).toBe(
    'on 3 seeds of 3; smallest margin 1.7×. Each fails under the setting named in its row.',
  );
});

test('one seed and one check that fail are counted', () => {
  const run = recording();
  run.seeds[0].holds[1] = false;
  run.checks[0].holds = false;
  expect(verdictOf(run, margin(2))).toMatchObject({ holding: 1, seedsHolding: 1 });
});

test('nothing is said of breaking when one check survives its break', () => {
  const run = recording();
  run.broken[1].holds = true;
  expect(verdictSentences(verdictOf(run, margin(2)))).not.toContain('fail');
});

test('infinite margins do not hide the smallest finite one', () => {
  let first = true;
  const margins = () => {
    const value = first ? Number.POSITIVE_INFINITY : 3;
    first = false;
    return value;
  };
  expect(verdictOf(recording(), margins).smallest).toBe(3);
});

test.each([
  [1.02, '1.02×'],
  [1.79, '1.7×'],
  [12.9, '12×'],
  [5000, 'over 1000×'],
])('a margin of %s is %s', (value, words) => {
  expect(times(value)).toBe(words);
});

test('"by exactly this code" only while the runtime is the same', () => {
  expect(provenance({ recording: recording() }, 'r1')).toBe(
    'Recorded beforehand by exactly this code, on WASM, Node 24.',
  );
  expect(provenance({ recording: recording() }, 'r2')).toBe('Recorded beforehand, on WASM, Node 24.');
});
