import type { Shown } from '../../protocol.ts';

/** A slot of the page, with the output of a run that it shows; nothing while it shows the recording. */
export interface LiveSlot extends HTMLElement {
  shown?: Shown;
}

/** A figure that the page was not built with. `version` tells it from another of the same output: "as it was". */
export function newFigure(version = ''): { figure: HTMLElement; slot: LiveSlot } {
  const [figure, slot] = [document.createElement('div'), document.createElement('div')];
  figure.className = 'figure';
  slot.className = 'slot';
  if (version) slot.dataset.version = version;
  figure.append(slot);
  return { figure, slot };
}

/** Tells the tools of figures that a slot on the page was drawn. */
export const tellDrawn = (slot: Element) =>
  slot.dispatchEvent(new CustomEvent('figure-drawn', { bubbles: true }));
