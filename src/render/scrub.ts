import type { ScrubOutput } from '../protocol.ts';
import { describe } from './describe.ts';
import { h, noData } from './dom.ts';
import { drawOutput, nameDrawing } from './draw.ts';
import { formatValue } from './format.ts';
import type { DrawOptions } from './plot-options.ts';
import { layoutOf } from './scrub-layout.ts';

/** One frame, on the scales and margins that all frames share. */
export function drawFrame(
  output: ScrubOutput,
  index: number,
  document: Document,
  options: DrawOptions = {},
): Element {
  const frame = output.frames[index];
  if (!frame) return noData(document);
  const layout = options.thumb ? undefined : layoutOf(output, document, options.width);
  return drawOutput(frame.output, document, { ...options, layout });
}

const atOf = (output: ScrubOutput, index: number) => formatValue(output.frames[index]?.at);

/** The reader's slider over the frames. Hidden until a script that moves it puts `live` on the figure or its box. */
export function scrubControl(output: ScrubOutput, document: Document): Element {
  const last = Math.max(0, output.frames.length - 1);
  const range = h(document, 'input', {
    type: 'range',
    min: 0,
    max: last,
    step: 1,
    value: last,
    'data-scrub': true,
    'aria-valuetext': `${output.label} ${atOf(output, last)}`,
  });
  const value = h(document, 'output', {}, atOf(output, last));
  return h(document, 'label', { class: 'scrub' }, h(document, 'span', {}, output.label), range, value);
}

const widthOf = (figure: Element) => {
  const width = figure.getAttribute('data-width');
  return width === null ? undefined : Number(width);
};

/** Puts the drawing of frame `index` into a figure made by `renderOutput`, and says which one it is. */
export function showFrame(figure: Element, output: ScrubOutput, index: number, document: Document): void {
  figure
    .querySelector('.drawing')
    ?.replaceWith(drawFrame(output, index, document, { width: widthOf(figure) }));
  nameDrawing(figure, output);
  const value = figure.querySelector('.scrub output');
  if (value) value.textContent = atOf(output, index);
  const words = `${output.label} ${atOf(output, index)}`;
  figure.querySelector('[data-scrub]')?.setAttribute('aria-valuetext', words);
  const sentence = figure.querySelector('.described');
  const frame = output.frames[index]?.output;
  if (sentence && frame) sentence.textContent = `At ${words}: ${describe(frame)}`;
}
