import { expect, test } from 'vitest';
import type { CheckResult } from '../../../src/protocol.ts';
import { marginWords, type Report, summary, tableOf, verified } from '../../../src/render/verification.ts';
import { recording } from '../build/recording.ts';

const check = (id: string, measured: number | null, holds: boolean): CheckResult => ({
  ...recording().checks[0],
  id,
  claim: id,
  measured,
  holds,
});
const run = { milliseconds: 12.4, kernels: 7, peakBytes: 100, tensors: 0 };

test('a run stands beside its recording, check by check; what was not measured does not hold', () => {
  const paper = verified('hopfield', recording(), { ...run, checks: [check('one', 0.5, true)] });
  expect(paper.milliseconds).toBe(12);
  expect(paper.checks).toEqual([
    { id: 'one', claim: 'one', bound: 'below 2', recorded: 1, measured: 0.5, margin: 4, holds: true },
    { id: 'two', claim: 'two', bound: 'below 2', recorded: 1, measured: null, margin: 0, holds: false },
  ]);
});

test('a margin without end is null in the report, because JSON has no word for it', () => {
  const paper = verified('hopfield', recording(), { ...run, checks: [check('one', -1, true)] });
  expect(paper.checks[0].margin).toBeNull();
  expect([null, 4, 2000].map(marginWords)).toEqual(['∞', '4×', 'over 1000×']);
});

const report = (checks: CheckResult[], error?: string): Report => ({
  version: '1.0.0',
  date: '2026-11-26',
  backend: 'wasm',
  device: 'SIMD',
  machine: 'Node 24, Linux, 2 cores',
  papers: [verified('hopfield', recording(), { ...run, checks, error })],
});

test('a paper holds whole when it ran to its end and every check holds', () => {
  const both = [check('one', 1, true), check('two', 1, true)];
  expect(summary(report(both))).toBe('2 of 2 checks hold; 1 of 1 papers hold whole');
  expect(summary(report(both, 'experiment.ts: no luck'))).toBe(
    '2 of 2 checks hold; 0 of 1 papers hold whole',
  );
  expect(summary(report([check('one', 1, true)]))).toBe('1 of 2 checks hold; 0 of 1 papers hold whole');
});

test('the table says where it was made, and why a paper did not end', () => {
  const text = tableOf(report([check('one', 0.5, true), check('two', 3, false)], 'no luck'));
  expect(text).toContain('on wasm (SIMD), Node 24, Linux, 2 cores, 2026-11-26, version 1.0.0.');
  expect(text).toContain('| hopfield | did not run to its end: no luck |');
  expect(text).toContain('| hopfield | one | 1 | 0.5 | below 2 | 4× | holds |');
  expect(text).toContain('| hopfield | two | 1 | 3 | below 2 | 0.67× | **fails** |');
});
