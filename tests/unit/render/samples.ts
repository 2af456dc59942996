import type {
  CheckResult,
  ImageRow,
  ImagesOutput,
  Output,
  PlotOutput,
  Row,
  ScrubOutput,
} from '../../../src/protocol.ts';

const MECHANISM = 'var(--mechanism)';
const BASELINE = 'var(--baseline)';

const range = (n: number) => Array.from({ length: n }, (_, i) => i);

/** A plot of one line per entry, `y` as given, `x` counting from 1. */
export function linePlot(
  lines: Record<string, (number | null)[]>,
  options: Record<string, unknown> = {},
): PlotOutput {
  const data: Row[] = Object.entries(lines).flatMap(([rule, ys]) =>
    ys.map((y, i) => ({ x: i + 1, y, rule })),
  );
  const marks = [
    { mark: 'line', data, options: { x: 'x', y: 'y', stroke: 'rule' } },
    {
      mark: 'text',
      data,
      options: { x: 'x', y: 'y', z: 'rule', fill: 'rule', text: 'rule', select: 'last', dx: 6 },
    },
  ];
  return { kind: 'plot', title: 'Lines', options, marks };
}

/** The figure of the first screen: log axis, percent, a dashed bound, labels at the lines. */
export const bitsWrong: PlotOutput = {
  kind: 'plot',
  title: '256 patterns come back without an error',
  options: {
    x: { type: 'log', base: 2, label: 'patterns stored', ticks: [4, 16, 64, 256] },
    y: { label: 'bits wrong', tickFormat: '%' },
  },
  marks: [
    { mark: 'ruleX', data: [8.8], options: { stroke: 'var(--ink)', strokeDasharray: '3,3' } },
    ...[
      { ink: BASELINE, name: 'sign rule', ys: [0, 0.03, 0.22, 0.34] },
      { ink: MECHANISM, name: 'this paper', ys: [0, 0, 0, 0] },
    ].flatMap(({ ink, name, ys }) => [
      {
        mark: 'line',
        data: ys.map((wrong, i) => ({ stored: 4 ** (i + 1), wrong })),
        options: { x: 'stored', y: 'wrong', stroke: ink, marker: 'dot' },
      },
      {
        mark: 'text',
        data: [{ stored: 256, wrong: ys[3], name }],
        options: { x: 'stored', y: 'wrong', text: 'name', fill: ink, dx: 8, dodge: true },
      },
    ]),
  ],
};

const cells: Row[] = range(3).flatMap((query) =>
  range(3).map((key) => ({ key, query, weight: key <= query ? 1 / (1 + query) : 0 })),
);

/** A field of colours with its ramp. */
export const attention: PlotOutput = {
  kind: 'plot',
  title: 'Each token attends to what came before',
  options: { color: { label: 'weight' } },
  marks: [{ mark: 'cell', data: cells, options: { x: 'key', y: 'query', fill: 'weight' } }],
};

/** Facets, a legend and a band scale with a name too long for one line. */
export const facets: PlotOutput = {
  kind: 'plot',
  title: 'Two widths',
  options: { color: { legend: true }, x: { label: 'accuracy' }, y: { label: null } },
  marks: [
    {
      mark: 'barX',
      data: ['wide', 'narrow'].flatMap((width, i) => [
        { width, rule: 'stochastic depth with a linear schedule', acc: 0.9 - i / 10 },
        { width, rule: 'dropout', acc: 0.8 - i / 10 },
      ]),
      options: { x: 'acc', y: 'rule', fill: 'rule', fx: 'width' },
    },
  ],
};

/** Pixels of a row as base64. */
export function pixels(values: number[]): string {
  return btoa(String.fromCharCode(...values));
}

/** A row of `count` gradients. */
export function imageRow(label: string, ink: ImageRow['ink'] = 'plain', count = 3, size = 4): ImageRow {
  const values = range(count * size * size).map((i) => (i * 37) % 256);
  return { label, ink, count, height: size, width: size, channels: 1, pixels: pixels(values) };
}

export const digits: ImagesOutput = {
  kind: 'images',
  title: 'One update completes the digit',
  rows: [imageRow('the cue: lower half unknown'), imageRow('one update, β = 8', 'mechanism')],
  palette: 'ink',
  range: [0, 1],
};

export const filters: ImagesOutput = {
  kind: 'images',
  title: 'Filters change sign',
  rows: [imageRow('conv', 'mechanism', 2)],
  columns: ['step 0', 'step 100'],
  palette: 'diverging',
  range: [-1.5, 1.5],
};

export const colours: ImagesOutput = {
  kind: 'images',
  title: 'Colours as they are',
  rows: [{ ...imageRow('input', 'plain', 1, 2), channels: 3, pixels: pixels(range(12).map((i) => i * 20)) }],
  palette: 'rgb',
  range: [0, 255],
};

/** Three frames whose values grow tenfold. */
export const growth: ScrubOutput = {
  kind: 'scrub',
  title: 'Training from start to end',
  label: 'training step',
  frames: [1, 10, 100].map((at) => ({ at, output: linePlot({ loss: [at, at / 2, -at] }) })),
};

export const outputs: Record<string, Output> = {
  'plot-lines': bitsWrong,
  'plot-cells': attention,
  'plot-facets': facets,
  'plot-gaps': linePlot({ a: [1, Number.NaN, 3, 4], b: [2, Number.POSITIVE_INFINITY, null, 1] }),
  'plot-empty': linePlot({}),
  'images-ink': digits,
  'images-diverging': filters,
  'images-rgb': colours,
  table: {
    kind: 'table',
    title: 'No more memory than the baseline',
    rows: [
      { rule: 'modern', accuracy: 0.987, loss: 1.234e-5, steps: 1000, stable: true },
      { rule: 'classical', accuracy: 0.5, loss: 0.25, steps: 20000, stable: false },
      { rule: 'none', accuracy: null, loss: 12.3456, steps: 5, stable: false },
    ],
  },
  text: {
    kind: 'text',
    markdown: 'The **largest** is `1.07`, *just* above:\n- [one](guide/a/)\n- <b>two</b>\n\n1. three',
  },
  scrub: growth,
};

/** A check that holds, with anything of it replaced. */
export function checkOf(changes: Partial<CheckResult> = {}): CheckResult {
  return {
    cell: 'experiment',
    id: 'bits-wrong',
    claim: 'bits wrong with 256 patterns',
    measured: 0.0004,
    bound: { below: 1e-3 },
    because: 'Theorem 3',
    breaks: { rule: 'classical' },
    holds: true,
    ...changes,
  };
}
