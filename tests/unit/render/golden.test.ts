import { expect, test } from 'vitest';
import { csvOf, renderCheck, renderControl, renderOutput } from '../../../src/render/index.ts';
import { newDocument } from './page.ts';
import { checkOf, outputs } from './samples.ts';

const document = newDocument();

// One element a line, so that a difference shows what changed.
const lines = (element: Element) =>
  `${element.outerHTML.replaceAll(/(<\/?(?:svg|g|figure|div|tr|li|path|text|rect|image|p|label))/g, '\n$1').trim()}\n`;

const golden = (name: string) => `golden/${name}`;

for (const [name, output] of Object.entries(outputs)) {
  test(`${name} is drawn as recorded`, async () => {
    await expect(lines(renderOutput(output, document, { id: name }))).toMatchFileSnapshot(
      golden(`${name}.txt`),
    );
  });
  test(`${name} is drawn small as recorded`, async () => {
    await expect(lines(renderOutput(output, document, { thumb: true }))).toMatchFileSnapshot(
      golden(`thumb-${name}.txt`),
    );
  });
}

test('a check with its seeds and its break', async () => {
  const extra = { broken: { measured: 0.35, holds: false }, seeds: [{ measured: 0, holds: true }] };
  await expect(lines(renderCheck(checkOf(), document, extra))).toMatchFileSnapshot(golden('check.txt'));
});

test('every kind of control', async () => {
  const base = { cell: 'experiment', label: 'a label' };
  const controls = [
    renderControl(
      { ...base, key: 'beta', kind: 'slider', value: 0.5, min: 0, max: 1, step: 0.05 },
      0.25,
      document,
    ),
    renderControl(
      { ...base, key: 'rate', kind: 'slider', value: 0.01, min: 1e-4, max: 1, scale: 'log' },
      0.01,
      document,
    ),
    renderControl(
      { ...base, key: 'rule', kind: 'variant', value: 'modern', options: ['modern', 'classical'] },
      'classical',
      document,
    ),
    renderControl({ ...base, key: 'bias', kind: 'toggle', value: true }, true, document),
    renderControl({ ...base, key: 'seed', kind: 'seed', value: 1 }, 7, document),
  ];
  await expect(controls.map(lines).join('')).toMatchFileSnapshot(golden('controls.txt'));
});

test('the lines of a figure as CSV', async () => {
  await expect(csvOf(outputs['plot-lines'])).toMatchFileSnapshot(golden('plot-lines.csv.txt'));
});
