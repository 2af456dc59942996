/** A drawing that would have to be smaller than this to fit had better move the page. */
const least = 120;

const partsOf = (slot: HTMLElement) => ({
  plot: slot.querySelector<SVGElement>('.drawing > svg.plot'),
  pictures: slot.querySelector<HTMLElement>('.drawing.pictures'),
});

/**
 * While a run goes on a figure keeps the height it had: a state that is lower leaves room, one that is taller is drawn
 * smaller. Nothing below moves under the reader, and the browser need not place the whole page anew.
 */
export function keepPlace(slot: HTMLElement, replace: () => void): void {
  const isSeen = slot.checkVisibility({ contentVisibilityAuto: true });
  const before = isSeen ? slot.clientHeight : 0;
  replace();
  if (before === 0) return;
  slot.style.minHeight = `${before}px`;
  const over = slot.clientHeight - before;
  if (over > 0) shrink(slot, over);
}

function shrink(slot: HTMLElement, by: number): void {
  const { plot, pictures } = partsOf(slot);
  const height = (plot ?? pictures)?.getBoundingClientRect().height ?? 0;
  if (height - by < least) return;
  if (plot) plot.style.maxHeight = `${height - by}px`;
  else if (pictures) pictures.style.maxWidth = `${(100 * (height - by)) / height}%`;
}

/** No further state comes: the figure is as tall as it is. */
export function freePlace(slot: HTMLElement): void {
  const { plot, pictures } = partsOf(slot);
  slot.style.minHeight = '';
  if (plot) plot.style.maxHeight = '';
  if (pictures) pictures.style.maxWidth = '';
}
