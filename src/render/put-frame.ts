import type { ScrubOutput } from '../protocol.ts';
import { nameDrawing } from './name-drawing.ts';

/** One frame of a scrub, and what is said of it beside the drawing. */
export interface Frame {
  drawing: Element;
  at: string;
  words: string;
  sentence?: string;
}

/** Puts a frame into a figure made by `renderOutput`, and says which one it is. */
export function putFrame(
  figure: Element,
  output: ScrubOutput,
  { drawing, at, words, sentence }: Frame,
): void {
  figure.querySelector('.drawing')?.replaceWith(drawing);
  nameDrawing(figure, output);
  const value = figure.querySelector('.scrub output');
  if (value) value.textContent = at;
  figure.querySelector('[data-scrub]')?.setAttribute('aria-valuetext', words);
  const told = figure.querySelector('.described');
  if (told && sentence) told.textContent = sentence;
}
