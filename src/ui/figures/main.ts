/** The tools of a page's figures, loaded when a reader first uses one: its menu, its table, the walk over its points. */
import { take } from './menu.ts';
import { subjectOf } from './subject.ts';
import { hasTable, renewTable } from './table.ts';
import { key, leave, point } from './walk.ts';

// A walk ends where the keyboard goes elsewhere, or a reader presses beside the figure.
document.addEventListener('focusout', (event) => {
  if ((event.target as Element).matches('.walker')) leave();
});
document.addEventListener('pointerdown', (event) => {
  if (!(event.target as Element).closest('.figure')) leave();
});
document.addEventListener('input', (event) => {
  const range = (event.target as Element).closest('[data-scrub]');
  if (range) void renew(range.closest<HTMLElement>('.slot'));
});
document.addEventListener('figure-drawn', (event) => void renew(event.target as HTMLElement));

/** A figure was drawn anew: what its table shows is no longer so. */
async function renew(slot: HTMLElement | null): Promise<void> {
  const figure = slot?.closest('.figure');
  if (slot && figure && hasTable(figure)) renewTable(figure, await subjectOf(slot));
}

window.figureTools = {
  take,
  key: (walker, name) => void key(walker, name),
  point: (...at) => void point(...at),
};
