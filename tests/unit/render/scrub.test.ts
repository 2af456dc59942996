import { expect, test } from 'vitest';
import type { ScrubOutput } from '../../../src/protocol.ts';
import { frameOf, putFrame, renderOutput } from '../../../src/render/index.ts';
import { newDocument } from './page.ts';
import { digits, growth, linePlot } from './samples.ts';

const document = newDocument();

const showFrame = (figure: Element, output: ScrubOutput, index: number) =>
  putFrame(figure, output, frameOf(output, index, document));

const axes = (figure: Element) =>
  [...figure.querySelectorAll('svg.plot > g > text')]
    .map((text) => text.outerHTML)
    .filter((html) => !html.includes('>loss<'));

test('the last frame is shown, with a named slider over all', () => {
  const figure = renderOutput(growth, document, { id: 'growth' });
  const range = figure.querySelector('label input[type=range][data-scrub]')!;
  expect([range.getAttribute('max'), range.getAttribute('value')]).toEqual(['2', '2']);
  expect(figure.querySelector('label output')!.textContent).toBe('100');
  expect(figure.querySelector('label')!.textContent).toContain('training step');
});

test('axes stand still from frame to frame while the line moves', () => {
  const figure = renderOutput(growth, document);
  const [axesBefore, lineBefore] = [
    axes(figure),
    figure.querySelector('svg path[stroke]')!.getAttribute('d'),
  ];
  expect(axesBefore.length).toBeGreaterThan(4);
  showFrame(figure, growth, 0);
  expect(axes(figure)).toEqual(axesBefore);
  expect(figure.querySelector('svg path[stroke]')!.getAttribute('d')).not.toBe(lineBefore);
});

test('the frame says which it is, in figure, name and sentence', () => {
  const figure = renderOutput(growth, document);
  showFrame(figure, growth, 1);
  expect(figure.querySelector('output')!.textContent).toBe('10');
  expect(figure.querySelector('[data-scrub]')!.getAttribute('aria-valuetext')).toBe('training step 10');
  expect(figure.querySelector('.described')!.textContent).toMatch(
    /^At training step 10: .*falls from 10 to −10/,
  );
  expect(figure.querySelector('svg[role=img]')!.getAttribute('aria-label')).toBe('Lines');
});

test('a title that speaks of its moment follows the slider; a figure whose frames have none keeps its own', () => {
  const titled = (title: string) => ({ ...linePlot({ loss: [1, 2] }), title });
  const frames = [
    { at: 1, output: titled('At step 1') },
    { at: 2, output: titled('At step 2') },
  ];
  const output: ScrubOutput = { ...growth, title: 'At step 2', frames };
  const figure = renderOutput(output, document);
  const said = () => [
    figure.querySelector('figcaption')!.textContent,
    figure.querySelector('svg[role=img]')!.getAttribute('aria-label'),
  ];
  expect(said()).toEqual(['At step 2', 'At step 2']);
  showFrame(figure, output, 0);
  expect(said()).toEqual(['At step 1', 'At step 1']);

  const untitled = frames.map((frame) => ({ ...frame, output: { ...frame.output, title: undefined } }));
  showFrame(figure, { ...output, frames: untitled }, 0);
  expect(said()).toEqual(['At step 2', 'At step 2']);
});

test('a domain that the author gives is kept', () => {
  const frames = growth.frames.map(({ at }) => ({
    at,
    output: linePlot({ loss: [Number(at)] }, { y: { domain: [0, 1000] } }),
  }));
  const texts = [...renderOutput({ ...growth, frames }, document).querySelectorAll('text')].map(
    (text) => text.textContent,
  );
  expect(texts).toContain('1,000');
});

test('frames may be pictures, and there may be none', () => {
  const pictures: ScrubOutput = {
    ...growth,
    frames: [
      { at: 'first', output: digits },
      { at: 'last', output: digits },
    ],
  };
  const figure = renderOutput(pictures, document);
  showFrame(figure, pictures, 0);
  expect(figure.querySelectorAll('.strip')).toHaveLength(2);
  expect(figure.querySelector('output')!.textContent).toBe('first');
  expect(renderOutput({ ...growth, frames: [] }, document).textContent).toContain('no data yet');
});
