import { describe, expect, test } from 'vitest';
import { add, mustExplain, nothing } from '../../run/layer.ts';
import { lanesOf, layerNames, readOptions, workshopOf } from '../../run/options.ts';
import { fromPlaywright, fromVitest } from '../../run/reports.ts';

const papers = ['hopfield', 'noprop'];
const layers = (...words: string[]) => readOptions(words, papers).layers;

describe('what npm test is asked for', () => {
  test('nothing: everything, in order', () => expect(layers()).toEqual(layerNames));
  test('a layer', () => expect(layers('papers', 'unit')).toEqual(['unit', 'papers']));
  test('a browser layer brings the build', () => {
    expect(layers('site')).toEqual(['build', 'site']);
    expect(layers('site', '--no-build')).toEqual(['site']);
  });
  test('a paper: the layers it passes through', () => {
    expect(readOptions(['hopfield'], papers)).toMatchObject({ slugs: ['hopfield'], all: false });
    expect(layers('hopfield')).not.toContain('unit');
    expect(layers('hopfield')).toContain('parity');
    expect(layers('hopfield', 'papers')).toEqual(['papers']);
  });
  test('a paper is built with what the tests of the site open, beside dist/', () => {
    const workshop = (...words: string[]) => workshopOf(readOptions(words, papers));
    expect(workshop('noprop', 'site')).toEqual({
      build: { ONLY: 'noprop,hopfield,mpnn-graph-transformer', WORKSHOP: '.cache/test/noprop' },
      look: { DIST: '.cache/test/noprop/dist' },
    });
    expect(workshop('hopfield', 'site').build.ONLY).toBe('hopfield,mpnn-graph-transformer');
    expect(workshop('noprop').build.ONLY, 'its author needs the paper alone').toBe('noprop');
    for (const words of [[], ['site'], ['noprop', '--no-build']])
      expect(workshop(...words)).toEqual({ build: {}, look: {} });
  });
  test('a paper goes through two lanes at once, each layer after what it needs; layers go one by one', () => {
    const lanes = (...words: string[]) => lanesOf(readOptions(words, papers));
    expect(lanes('hopfield')).toEqual([
      ['check', 'papers', 'notebooks'],
      ['build', ['site', 'parity']],
    ]);
    expect(lanes('hopfield').flat(2).sort()).toEqual(layers('hopfield').toSorted());
    expect(lanes()).toEqual([layerNames]);
    expect(lanes('hopfield', 'papers', 'unit')).toEqual([['unit', 'papers']]);
  });
  test('--all', () => expect(readOptions(['--all'], papers).all).toBe(true));
  test('an unknown word lists what there is', () => {
    expect(() => layers('hopfeild')).toThrow(
      /hopfeild is no layer, paper or flag[\s\S]*papers: hopfield noprop/,
    );
  });
});

const vitestReport = (
  passed: number,
  failed: number,
  files: { status: string; assertionResults: { status: string }[] }[] = [],
) => ({
  numPassedTests: passed,
  numFailedTests: failed,
  numPendingTests: 1,
  numTodoTests: 0,
  testResults: files,
});

describe('what the runners report', () => {
  test('vitest, with a file that did not load', () => {
    const crashed = { status: 'failed', assertionResults: [] };
    const ordinary = { status: 'failed', assertionResults: [{ status: 'failed' }] };
    expect(fromVitest(vitestReport(4, 1, [crashed, ordinary]))).toEqual({ passed: 4, failed: 2, skipped: 1 });
  });
  test('Playwright, with a flaky test and an error outside tests', () => {
    const stats = { expected: 5, unexpected: 1, flaky: 1, skipped: 2 };
    expect(fromPlaywright({ stats, errors: ['no port'] })).toEqual({ passed: 5, failed: 3, skipped: 2 });
  });
  test('no report is a failure', () => {
    expect(fromVitest(undefined).failed).toBe(1);
    expect(fromPlaywright(undefined).failed).toBe(1);
  });
  test('an exit code without a failed test, and a run of no test, are failures', () => {
    expect(mustExplain({ passed: 3, failed: 0, skipped: 0 }, 1).failed).toBe(1);
    expect(mustExplain({ passed: 2, failed: 1, skipped: 0 }, 1).failed).toBe(1);
    expect(mustExplain({ passed: 3, failed: 0, skipped: 0 }, 0).failed).toBe(0);
    expect(mustExplain(nothing, 0).failed).toBe(1);
  });
  test('outcomes add up', () => {
    const one = { passed: 1, failed: 2, skipped: 3 };
    expect(add([one, one])).toEqual({ passed: 2, failed: 4, skipped: 6 });
  });
});
