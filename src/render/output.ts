import type { Output } from '../protocol.ts';
import { describe } from './describe.ts';
import { described, h } from './dom.ts';
import { drawOutput } from './draw.ts';
import { nameDrawing } from './name-drawing.ts';
import { drawFrame, scrubControl } from './scrub.ts';

/** `width`: of a plot's viewBox, 420 if absent. `thumb`: drawn for the gallery. `id`: the figure's address. */
interface RenderOptions {
  width?: number;
  thumb?: boolean;
  id?: string;
}

// A table carries its title as a caption, a text none.
function titleOf(output: Output, document: Document): Element | null {
  if (output.kind === 'table' || output.kind === 'text' || !output.title) return null;
  return h(document, 'figcaption', { class: 'ftitle' }, output.title);
}

function drawing(output: Output, document: Document, options: RenderOptions): Element {
  if (output.kind !== 'scrub') return drawOutput(output, document, options);
  return drawFrame(output, output.frames.length - 1, document, options);
}

function thumbnail(output: Output, document: Document, options: RenderOptions): Element {
  // The gallery's link has its own words; a table's scroll area must not be a stop inside a link.
  const box = drawing(output, document, options);
  for (const name of ['tabindex', 'role', 'aria-label']) box.removeAttribute(name);
  return h(document, 'figure', { class: `output thumb is-${output.kind}`, 'aria-hidden': 'true' }, box);
}

/** An output as a figure: its title says what to see, the drawing shows it, a hidden sentence tells it. */
export function renderOutput(output: Output, document: Document, options: RenderOptions = {}): Element {
  if (options.thumb) return thumbnail(output, document, options);
  const sentence = describe(output);
  const figure = h(
    document,
    'figure',
    { class: `output is-${output.kind}`, id: options.id, 'data-width': options.width },
    titleOf(output, document),
    drawing(output, document, options),
    output.kind === 'scrub' ? scrubControl(output, document) : null,
    sentence ? described(document, sentence) : null,
  );
  nameDrawing(figure, output);
  return figure;
}
