import type { Output, TableOutput } from '../protocol.ts';
import { drawImages } from './images.ts';
import { drawImagesThumb } from './images-thumb.ts';
import { drawPlot } from './plot.ts';
import type { DrawOptions } from './plot-options.ts';
import { drawTable } from './table.ts';
import { drawText } from './text.ts';

const corner = ({ kind, rows }: TableOutput): TableOutput => ({
  kind,
  rows: rows.slice(0, 4).map((row) => Object.fromEntries(Object.entries(row).slice(0, 3))),
});

/** The drawing of an output without its title, description and controls. */
export function drawOutput(
  output: Exclude<Output, { kind: 'scrub' }>,
  document: Document,
  options: DrawOptions,
): Element {
  switch (output.kind) {
    case 'plot':
      return drawPlot(output, document, options);
    case 'images':
      return options.thumb ? drawImagesThumb(output, document) : drawImages(output, document);
    case 'table':
      return drawTable(options.thumb ? corner(output) : output, document);
    case 'text':
      return drawText(output, document);
  }
}
