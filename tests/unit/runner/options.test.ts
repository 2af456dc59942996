import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { add, mustExplain, nothing } from '../../run/layer.ts';
import { ofPapers } from '../../run/layers.ts';
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
      ['check', 'papers', 'notebooks', 'parity'],
      ['build', 'site'],
    ]);
    expect(lanes('hopfield').flat(2).sort()).toEqual(layers('hopfield').toSorted());
    expect(lanes()).toEqual([layerNames]);
    expect(lanes('hopfield', 'papers', 'unit')).toEqual([['unit', 'papers']]);
  });
  test('an author’s run reads every file that has tests of each paper', () => {
    const files = readdirSync('tests/site').filter((file) => file.endsWith('.spec.ts'));
    const withPapers = files.filter((file) =>
      readFileSync(`tests/site/${file}`, 'utf8').includes("'@paper'"),
    );
    expect(withPapers.map((file) => file.slice(0, -3)).sort()).toEqual(ofPapers.site.toSorted());
  });
  test('--all', () => expect(readOptions(['--all'], papers).all).toBe(true));
  test('an unknown word lists what there is', () => {
    expect(() => layers('hopfeild')).toThrow(
      /hopfeild is no layer, paper or flag[\s\S]*papers: hopfield noprop/,
    );
  });
});

describe('what the runners report', () => {
  test('vitest: the tests that failed by name, and a file that did not load', () => {
    const crashed = { name: '/here/tests/unit/b.test.ts', status: 'failed', assertionResults: [] };
    const assertionResults = [
      { status: 'passed', fullName: 'sums add' },
      { status: 'failed', fullName: 'sums commute' },
    ];
    const ordinary = { name: '/here/tests/unit/a.test.ts', status: 'failed', assertionResults };
    const counts = { numPassedTests: 4, numFailedTests: 1, numPendingTests: 1, numTodoTests: 0 };
    expect(fromVitest({ ...counts, testResults: [crashed, ordinary] })).toEqual({
      passed: 4,
      failed: 2,
      skipped: 1,
      failures: ['tests/unit/a.test.ts › sums commute', 'tests/unit/b.test.ts, outside its tests'],
    });
  });
  test('Playwright: a failed test, a flaky one, an error outside tests', () => {
    const stats = { expected: 5, unexpected: 1, flaky: 1, skipped: 2 };
    const spec = (title: string, status: string) => ({
      title,
      file: 'a.spec.ts',
      line: 7,
      tests: [{ status }],
    });
    const specs = [spec('opens', 'expected'), spec('runs', 'unexpected')];
    const group = { title: 'a dark phone', specs: [spec('searches', 'flaky')] };
    const suites = [{ title: 'a.spec.ts', specs, suites: [group] }];
    expect(fromPlaywright({ stats, suites, errors: [{ message: 'no port\nat line 3' }] })).toEqual({
      passed: 5,
      failed: 3,
      skipped: 2,
      failures: ['a.spec.ts:7 › runs', 'a.spec.ts:7 › a dark phone › searches', 'no port'],
    });
  });
  test('no report is a failure', () => {
    expect(fromVitest(undefined).failed).toBe(1);
    expect(fromPlaywright(undefined).failed).toBe(1);
  });
  test('an exit code without a failed test, and a run of no test, are failures', () => {
    expect(mustExplain({ ...nothing, passed: 3 }, 1).failed).toBe(1);
    expect(mustExplain({ ...nothing, passed: 2, failed: 1 }, 1).failed).toBe(1);
    expect(mustExplain({ ...nothing, passed: 3 }, 0).failed).toBe(0);
    expect(mustExplain(nothing, 0)).toMatchObject({ failed: 1, failures: ['the layer ran no test'] });
  });
  test('outcomes add up', () => {
    const one = { passed: 1, failed: 2, skipped: 3, failures: ['a test'] };
    expect(add([one, one])).toEqual({ passed: 2, failed: 4, skipped: 6, failures: ['a test', 'a test'] });
  });
});
