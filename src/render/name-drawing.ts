import type { Output } from '../protocol.ts';

/** Names the drawing in a figure by the figure's title: one picture to a screen reader, not a hundred shapes. */
export function nameDrawing(figure: Element, output: Output): void {
  const svg = figure.querySelector('.drawing > svg.plot');
  svg?.setAttribute('role', 'img');
  svg?.setAttribute('aria-label', ('title' in output && output.title) || 'figure');
}
