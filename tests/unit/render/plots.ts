import type { PlotOutput } from '../../../src/protocol.ts';
import { drawPlot } from '../../../src/render/plot.ts';
import { newDocument } from './page.ts';

/** The document of the page. */
export const document = newDocument();
export const svgOf = (output: PlotOutput, options = {}) =>
  drawPlot(output, document, options).querySelector('svg.plot')!;
export const sizeOf = (svg: Element) => svg.getAttribute('viewBox')!.split(' ').slice(2).map(Number);
export const words = (svg: Element) => [...svg.querySelectorAll('text')].map((text) => text.textContent);
export const paths = (svg: Element) =>
  [...svg.querySelectorAll('path')].map((path) => path.getAttribute('d') ?? '');

/** A plot of one mark. */
export function plotOf(
  mark: string,
  data: any,
  options: Record<string, unknown>,
  plot: Record<string, unknown> = {},
): PlotOutput {
  return { kind: 'plot', options: plot, marks: [{ mark, data, options }] };
}
