import type { ScrubOutput } from '../protocol.ts';
import { nameDrawing } from './name-drawing.ts';

/** One frame of a scrub, and what is said of it beside the drawing. */
export interface Frame {
  drawing: Element;
  at: string;
  words: string;
  /** The frame's own, which may speak of its moment. */
  title?: string;
  sentence?: string;
}

/** Puts a frame into a figure made by `renderOutput`, and says which one it is. */
export function putFrame(
  figure: Element,
  output: ScrubOutput,
  { drawing, at, words, title = output.title, sentence }: Frame,
): void {
  figure.querySelector('.drawing')?.replaceWith(drawing);
  nameDrawing(figure, { ...output, title });
  const caption = figure.querySelector('figcaption.ftitle');
  if (caption && title) caption.textContent = title;
  const value = figure.querySelector('.scrub output');
  if (value) value.textContent = at;
  figure.querySelector('[data-scrub]')?.setAttribute('aria-valuetext', words);
  const told = figure.querySelector('.described');
  if (told && sentence) told.textContent = sentence;
}
