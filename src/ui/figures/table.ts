import { describe } from '../../render/describe.ts';
import { drawTable } from '../../render/table.ts';
import { tableView } from '../../render/table-view.ts';
import type { Subject } from './subject.ts';

/** More rows than this are for the CSV. */
const MOST = 200;

const tableIn = (figure: Element) => figure.querySelector('.figure-table');

export const hasTable = (figure: Element): boolean => tableIn(figure) !== null;

/** The figure's sentence and its data as a table, to stand under it. */
function draw({ still, title, shown }: Subject): HTMLElement {
  const rows = tableView(still);
  const box = document.createElement('div');
  box.className = 'figure-table output';
  const sentence = document.createElement('p');
  sentence.textContent = describe(shown.output.kind === 'scrub' ? still : shown.output);
  box.append(sentence, drawTable({ kind: 'table', rows: rows.slice(0, MOST) }, document));
  box.querySelector('.scroll')?.setAttribute('aria-label', `Table of “${title}”`);
  if (rows.length > MOST) {
    const rest = document.createElement('p');
    rest.textContent = `The first ${MOST} of ${rows.length} rows; the CSV has all of them.`;
    box.append(rest);
  }
  return box;
}

/** Shows the table under a figure, or takes it away; says whether it is there now. */
export function toggleTable(figure: Element, subject: Subject): boolean {
  const old = tableIn(figure);
  if (old) {
    old.remove();
    return false;
  }
  figure.append(draw(subject));
  return true;
}

/** After a run: the table that is shown, of the new figure. */
export function renewTable(figure: Element, subject: Subject): void {
  tableIn(figure)?.replaceWith(draw(subject));
}
