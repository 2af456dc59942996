import type { ScrubOutput } from '../protocol.ts';
import { describe } from './describe.ts';
import { h, noData } from './dom.ts';
import { drawOutput } from './draw.ts';
import { formatValue } from './format.ts';
import type { DrawOptions } from './plot-options.ts';
import type { Frame } from './put-frame.ts';
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

/** Frame `index`, and what is said of it beside the drawing. */
export function frameOf(output: ScrubOutput, index: number, document: Document, width?: number): Frame {
  const at = atOf(output, index);
  const words = `${output.label} ${at}`;
  const frame = output.frames[index]?.output;
  const sentence = frame && `At ${words}: ${describe(frame)}`;
  const title = frame && 'title' in frame ? frame.title : undefined;
  return { drawing: drawFrame(output, index, document, { width }), at, words, title, sentence };
}
