import type { Painted } from '../../draw/painter.ts';
import type { Output, ScrubOutput } from '../../protocol.ts';
import { putFrame } from '../../render/put-frame.ts';
import { Away } from './away.ts';

const away = new Away();

/** Scrubs that the worker keeps: the reader's slider asks for one frame after another. */
const mostKept = 6;
const kept = new Map<ScrubOutput, number>();
let numbers = 0;
/** Width of a figure that says none. */
const usual = 420;

/** Fetches what draws, before it is asked for. */
export const warmDrawing = (): void => void away.warm();

/** The first element of a markup that the site's own functions wrote. */
function element(markup: string): Element {
  const template = document.createElement('template');
  template.innerHTML = markup;
  return document.adoptNode(template.content.firstElementChild!);
}

/** An output as a figure. @throws with a sentence when it cannot be drawn. */
export async function figureOf(output: Output, width: number): Promise<Element> {
  return element((await away.ask({ output, width })).markup);
}

/** A frame of a scrub; the worker is told the scrub once. */
async function frame(output: ScrubOutput, index: number, width: number): Promise<Painted> {
  const whole = { output, width, frame: index };
  const known = kept.get(output);
  if (known !== undefined) return away.ask(whole, { width, frame: index, keep: known });
  const [oldest] = kept;
  const forget = oldest && kept.size >= mostKept ? oldest[1] : undefined;
  if (forget !== undefined) kept.delete(oldest[0]);
  const keep = numbers++;
  kept.set(output, keep);
  return away.ask(whole, { ...whole, keep, forget });
}

const wanted = new WeakMap<Element, number>();

/** Puts frame `index` into a figure; of several asked for, the last. */
export async function showFrame(figure: Element, output: ScrubOutput, index: number): Promise<void> {
  wanted.set(figure, index);
  const width = Number(figure.getAttribute('data-width')) || usual;
  const { markup, at = '', words = '', title, sentence } = await frame(output, index, width);
  if (wanted.get(figure) !== index) return;
  putFrame(figure, output, { drawing: element(markup), at, words, title, sentence });
}
