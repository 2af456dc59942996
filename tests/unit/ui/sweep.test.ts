import { describe, expect, test } from 'vitest';
import type { CheckResult, ControlSpec } from '../../../src/protocol.ts';
import {
  cloudFigure,
  csvOfPoints,
  jobsOf,
  type Point,
  pointOf,
  sweepable,
  sweepFigure,
  valuesOf,
} from '../../../src/ui/probe/sweep.ts';

const slider = (more: Partial<ControlSpec> = {}): ControlSpec => ({
  key: 'beta',
  kind: 'slider',
  cell: 'experiment',
  label: 'inverse temperature β',
  value: 2,
  min: 1,
  max: 100,
  ...more,
});
const rule: ControlSpec = {
  key: 'rule',
  kind: 'variant',
  cell: 'experiment',
  label: '',
  value: 'softmax',
  options: ['softmax', 'linear'],
};
const check: CheckResult = {
  cell: 'experiment',
  id: 'loss-falls',
  claim: 'loss, falls',
  measured: 0.1,
  bound: { below: 0.5 },
  because: 'so',
  breaks: { rule: 'linear' },
  holds: true,
};

describe('values of a control', () => {
  test('a slider is swept evenly on its own scale, its default among them', () => {
    expect(valuesOf(slider({ min: 0, max: 10, value: 3 }), 3)).toEqual([0, 3, 5, 10]);
    expect(valuesOf(slider({ scale: 'log', value: 10 }), 3)).toEqual([1, 10, 100]);
  });
  test('on its steps, each once', () => {
    expect(valuesOf(slider({ min: 1, max: 4, step: 1, value: 2 }), 9)).toEqual([1, 2, 3, 4]);
    expect(valuesOf(slider({ min: 0.1, max: 0.5, step: 0.1, value: 0.3 }), 5)).toEqual([
      0.1, 0.2, 0.3, 0.4, 0.5,
    ]);
  });
  test('words and switches have all of theirs; the seed is no control to sweep', () => {
    expect(valuesOf(rule, 9)).toEqual(['softmax', 'linear']);
    expect(valuesOf({ ...rule, kind: 'toggle', options: undefined }, 9)).toEqual([false, true]);
    expect(sweepable([rule, { ...rule, key: 'seed', kind: 'seed' }])).toEqual([rule]);
  });
});

const sweep = { check, x: slider(), xs: [1, 2, 3], seeds: [0, 1], at: { rule: 'linear' } };

test('a seed’s runs stand together, and the other controls stay as they are', () => {
  const jobs = jobsOf(sweep);
  expect(jobs.map(({ job }) => job.settings)).toEqual([
    { rule: 'linear', seed: 0, beta: 1 },
    { rule: 'linear', seed: 0, beta: 2 },
    { rule: 'linear', seed: 0, beta: 3 },
    { rule: 'linear', seed: 1, beta: 1 },
    { rule: 'linear', seed: 1, beta: 2 },
    { rule: 'linear', seed: 1, beta: 3 },
  ]);
  expect(jobs[0].job.only).toBe('experiment');
});

const point = (x: number, seed: number, measured: number | null): Point => ({
  x,
  seed,
  measured,
  holds: measured !== null && measured < 0.5,
});

test('a run without the check measured nothing', () => {
  expect(
    pointOf(
      { check },
      { x: 1, seed: 0 },
      {
        checks: [],
        milliseconds: 1,
        kernels: 1,
        peakBytes: 1,
        tensors: 0,
        operations: [],
        error: 'e.ts: no luck',
      },
    ),
  ).toEqual({
    x: 1,
    y: undefined,
    seed: 0,
    measured: null,
    holds: false,
    error: 'e.ts: no luck',
  });
});

test('the line is the middle of the seeds, the band from least to largest; the bound and the default are marked', () => {
  const points = [point(1, 0, 0.1), point(1, 1, 0.3), point(1, 2, 0.9), point(2, 0, 0.2), point(3, 0, null)];
  const { marks, title } = sweepFigure(sweep, points);
  const of = (mark: string) => marks.filter((m) => m.mark === mark).map((m) => m.data);
  expect(title).toBe('loss, falls, against inverse temperature β');
  expect(of('line')[0]).toEqual([
    { x: 1, low: 0.1, middle: 0.3, high: 0.9 },
    { x: 2, low: 0.2, middle: 0.2, high: 0.2 },
  ]);
  expect(of('ruleY')).toEqual([[0.5]]);
  expect(of('ruleX')).toEqual([[2]]);
  expect(of('dot')[1]).toEqual([{ x: 1, measured: 0.9, verdict: 'fails' }]);
});

test('two controls give a map, with a sign where seeds fail', () => {
  const two = { ...sweep, y: rule, ys: ['softmax', 'linear'] };
  const at = (y: string, seed: number, measured: number) => ({ ...point(1, seed, measured), y });
  const { marks } = sweepFigure(two, [at('softmax', 0, 0.1), at('softmax', 1, 0.9), at('linear', 0, 0.8)]);
  expect(marks[0].data).toEqual([
    { x: 1, y: 'softmax', measured: 0.5, sign: '÷' },
    { x: 1, y: 'linear', measured: 0.8, sign: '×' },
  ]);
});

test('a cloud stacks what lies together', () => {
  const { marks } = cloudFigure(check, [point(0, 0, 0.1), point(1, 1, 0.1), point(2, 2, 0.7)]);
  const [, holding, failing] = marks;
  expect((holding.data as { level: number }[]).map((row) => row.level)).toEqual([1, 2]);
  expect(failing.data).toEqual([{ measured: 0.7, level: 1, seed: 2, ink: 'fails' }]);
});

test('the table to take along has one line a run, full precision, words quoted', () => {
  expect(csvOfPoints(sweep, [point(1, 0, 1 / 3), point(2, 1, null)])).toBe(
    'beta,seed,"loss, falls",holds\r\n1,0,0.3333333333333333,true\r\n2,1,,false\r\n',
  );
});
