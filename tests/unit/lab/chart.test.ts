import { describe, expect, test } from 'vitest';
import { createLab } from '../../../src/lab/index.ts';
import { curve } from '../../../src/lab/marks.ts';
import type { PlotOutput } from '../../../src/protocol.ts';
import { fakeHost } from './fake-host.ts';

function labWith() {
  const { host, said } = fakeHost();
  const figures = () => said.shown.map(([, output]) => output as PlotOutput);
  return { lab: createLab(host), said, figures };
}
const axes = { x: { label: 'x' }, y: { label: 'y' } };

function recallOf({ chart, baseline }: ReturnType<typeof labWith>['lab']) {
  return chart('recall', {
    title: 'Every pattern comes back',
    over: 'stored',
    x: { type: 'log', label: 'patterns stored' },
    y: { label: 'recalled', percent: true },
    bounds: [{ x: 8, label: '0.138 d' }],
    lines: { sign: baseline('sign rule'), modern: 'this paper' },
  });
}

describe('chart', () => {
  test('shows nothing before it has a row, and is drawn again with each', () => {
    const { lab, said, figures } = labWith();
    const recall = recallOf(lab);
    expect(said.shown).toEqual([]);
    recall.add({ stored: 4, modern: 1, sign: 0.9 });
    const again = recall.add({ stored: 8, modern: 1, sign: 0.5 }, { stored: 16, modern: 0.9, sign: 0 });
    expect(again).toBe(recall);
    expect(said.shown.map(([name]) => name)).toEqual(['recall', 'recall']);
    const rows = figures().map(({ marks }) => marks.at(-2)!.data);
    expect(rows).toEqual([recall.rows.slice(0, 1), recall.rows]);
  });

  test('is the figure that bound and curve draw', () => {
    const { lab, figures } = labWith();
    const { bound, curve, ink, Plot } = lab;
    recallOf(lab).add({ stored: 4, modern: 1, sign: 0.9 });
    const rows = [{ stored: 4, modern: 1, sign: 0.9 }];
    expect(figures()[0]).toEqual(
      Plot.plot({
        title: 'Every pattern comes back',
        x: { type: 'log', label: 'patterns stored' },
        y: { label: 'recalled', percent: true },
        marks: [
          bound({ x: 8, label: '0.138 d' }),
          curve(rows, { x: 'stored', y: 'sign', ink: ink.baseline, label: 'sign rule' }),
          curve(rows, { x: 'stored', y: 'modern', label: 'this paper' }),
        ],
      }),
    );
  });

  test('is shown at once when it has its rows', () => {
    const { lab, said } = labWith();
    lab.chart('law', { title: '', over: 'n', ...axes, lines: { y: {} } }, [{ n: 1, y: 2 }]);
    expect(said.shown).toHaveLength(1);
  });

  test('each role has its ink, and theory alone is dashed', () => {
    const { lab, figures } = labWith();
    const { baseline, broken, theory, ink } = lab;
    const lines = {
      a: 'this paper',
      b: baseline('old'),
      c: broken('no scale'),
      d: theory('law'),
      e: { label: 'third', as: 'series 3' },
    } as const;
    const row = { n: 1, a: 1, b: 1, c: 1, d: 1, e: 1 };
    lab.chart('roles', { title: '', over: 'n', ...axes, lines }, [row]);
    const drawn = figures()[0].marks.filter(({ mark }) => mark === 'line');
    const inks = [ink.mechanism, ink.baseline, ink.broken, ink.theory, ink.series[2]];
    expect(drawn.map(({ options }) => options.stroke)).toEqual(inks);
    expect(drawn.map(({ options }) => options.strokeDasharray)).toEqual([
      undefined,
      undefined,
      undefined,
      '4 3',
      undefined,
    ]);
  });

  test('a line takes the options of Plot, facets included', () => {
    const { lab, figures } = labWith();
    const look = { fx: 'task', z: 'seed', curve: 'step', dots: false };
    const rows = [{ n: 1, y: 2, task: 'sum', seed: 0 }];
    const fx = { domain: ['sum'] };
    lab.chart('steps', { title: '', over: 'n', ...axes, fx, lines: { y: { label: 'all', ...look } } }, rows);
    const [line, name] = figures()[0].marks;
    expect(line.options).toMatchObject({ fx: 'task', z: 'seed', curve: 'step' });
    expect(name).toMatchObject({ mark: 'text', options: { fx: 'task' } });
    expect(figures()[0].options.fx).toEqual(fx);
  });

  test('dots alone are open circles in the ink of the line', () => {
    const { lab, figures } = labWith();
    const lines = { y: { as: 'theory', dots: 'only' } } as const;
    lab.chart('dots', { title: '', over: 'n', ...axes, lines }, [{ n: 1, y: 2 }]);
    expect(figures()[0].marks).toEqual([
      { mark: 'dot', data: [{ n: 1, y: 2 }], options: { x: 'n', y: 'y', stroke: lab.ink.theory } },
    ]);
  });

  test('title and further marks may depend on the rows; the marks lie under the lines', () => {
    const { lab, figures } = labWith();
    const errors = lab.chart('errors', {
      title: (rows) => `least: ${Math.min(...rows.map(({ error }) => error))}`,
      over: 'n',
      ...axes,
      lines: { error: 'measured' },
      also: (rows) => [lab.Plot.ruleY([rows[0].error])],
    });
    errors.add({ n: 1, error: 0.5 });
    errors.add({ n: 2, error: 0.25 });
    expect(figures().map(({ title }) => title)).toEqual(['least: 0.5', 'least: 0.25']);
    expect(figures()[1].marks.map(({ mark }) => mark)).toEqual(['ruleY', 'line', 'dot', 'text']);
  });

  test('gives its rows by their place, and the last', () => {
    const recall = recallOf(labWith().lab);
    expect(() => recall.last).toThrow("chart 'recall' has no row yet");
    expect(() => recall.at(4)).toThrow("chart 'recall' has no row at stored = 4; it has none yet");
    recall.add({ stored: 4, modern: 1, sign: 0.9 }, { stored: 8, modern: 0.8, sign: 0.5 });
    expect(recall.at(4).sign).toBe(0.9);
    expect(recall.last.modern).toBe(0.8);
    expect(() => recall.at(256)).toThrow("chart 'recall' has no row at stored = 256; it has 4, 8");
    recall.add({ stored: 8, modern: 1, sign: 0 });
    expect(() => recall.at(8)).toThrow("chart 'recall' has 2 rows at stored = 8");
  });

  test('does not change the rows it was given', () => {
    const { lab } = labWith();
    const rows = [{ n: 1, y: 2 }];
    lab.chart('law', { title: '', over: 'n', ...axes, lines: { y: {} } }, rows).add({ n: 2, y: 3 });
    expect(rows).toHaveLength(1);
  });

  test('a field that the rows do not have is an error of types', () => {
    const { chart } = labWith().lab;
    const rows = [{ n: 1, y: 2, name: 'a' }];
    const options = { title: '', ...axes };
    const recall = chart('a', { ...options, over: 'n', lines: { y: 'paper' } });
    // @ts-expect-error y is missing
    recall.add({ n: 1 });
    // @ts-expect-error z is no line
    recall.add({ n: 1, y: 2, z: 3 });
    // @ts-expect-error no such field
    expect(recall.last.z).toBe(3);
    // @ts-expect-error the rows have no field z
    chart('b', { ...options, over: 'n', lines: { z: 'paper' } }, rows);
    // @ts-expect-error the rows have no field step
    chart('c', { ...options, over: 'step', lines: { y: 'paper' } }, rows);
    // @ts-expect-error a name is no height
    chart('d', { ...options, over: 'n', lines: { name: 'paper' } }, rows);
    // @ts-expect-error no such role
    chart('e', { ...options, over: 'n', lines: { y: { as: 'best' } } }, rows);
    // @ts-expect-error an axis has a label
    chart('f', { ...options, x: {}, over: 'n', lines: { y: 'paper' } }, rows);
    const named: string = chart('g', { ...options, over: 'n', lines: { y: 'paper' } }, rows).last.name;
    expect(named).toBe('a');
  });
});

describe('numbers of an array', () => {
  const { mean, median, slope } = labWith().lab;
  test('mean and median', () => {
    expect(mean([1, 2, 6])).toBe(3);
    expect(median([9, 1, 10])).toBe(9);
    expect(median([10, 1, 2, 9])).toBe(5.5);
  });
  test('median leaves the array in its order', () => {
    const values = [3, 1, 2];
    expect(median(values)).toBe(2);
    expect(values).toEqual([3, 1, 2]);
  });
  test('slope is that of a line, wherever it lies, and of least squares beside it', () => {
    expect(slope([1, 2, 4], [5, 3, -1])).toBeCloseTo(-2, 12);
    expect(slope([0, 1, 2], [0, 2, 1])).toBe(0.5);
  });
  test('refuse an empty array, and slope one point', () => {
    expect(() => mean([])).toThrow('mean takes an array of numbers, found an empty array');
    expect(() => median([])).toThrow('median takes an array of numbers, found an empty array');
    expect(() => slope([1], [1])).toThrow('slope takes an array of 2 numbers or more, found 1 value');
    expect(() => slope([1, 2], [1])).toThrow('slope takes a y for each x, found 2 and 1');
  });
});

test('a line that ends in a gap has its name at its last point', () => {
  const rows = [
    { x: 1, y: 5 },
    { x: 2, y: 7 },
    { x: 3, y: null },
  ];
  const [, , name] = curve(rows, { x: 'x', y: 'y', label: 'mine' });
  expect(name.data).toEqual([{ x: 2, y: 7, label: 'mine' }]);
});
