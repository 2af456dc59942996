import { copyButtons, embedLine, pageAddress } from './copy.ts';
import { figures } from './figures/wake.ts';
import { folds } from './fold.ts';
import { gallery } from './gallery.ts';
import { layOutLater } from './lay-out.ts';
import { notebookLoader } from './load-notebook.ts';
import { offline } from './offline/register.ts';
import { reports } from './report/wake.ts';
import { search } from './search.ts';
import { symbols } from './symbols.ts';
import { takeButtons } from './take/buttons.ts';
import { themeButton } from './theme-button.ts';

/** Where this script lies: everything else of the site is found from here, over http and from the disk. */
const own = new URL((document.currentScript as HTMLScriptElement).src);
const here = new URL('.', own).href;
const root = new URL('../', here).href;

themeButton(document);
symbols(document);
folds(document);
embedLine(document, root);
copyButtons(document);
pageAddress(document);
gallery(document);
reports(document, `${here}report.js${own.search}`);
figures(document, `${here}figures.js${own.search}`);
layOutLater(document);
search(document, `${here}search.js${own.search}`);
notebookLoader(document, `${here}notebook.js${own.search}`);
// While writing, no release is made. In a frame of another page nothing is kept.
if (own.search && !document.documentElement.hasAttribute('data-bare')) {
  offline(document, root);
  takeButtons(document, `${here}take.js${own.search}`);
}
