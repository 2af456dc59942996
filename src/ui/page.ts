import { copyButtons, pageAddress } from './copy.ts';
import { folds } from './fold.ts';
import { gallery } from './gallery.ts';
import { notebookLoader } from './load-notebook.ts';
import { search } from './search.ts';
import { symbols } from './symbols.ts';
import { themeButton } from './theme-button.ts';

/** Where this script lies: everything else of the site is found from here, over http and from the disk. */
const here = new URL('.', (document.currentScript as HTMLScriptElement).src).href;

themeButton(document);
symbols(document);
folds(document);
copyButtons(document);
pageAddress(document);
gallery(document);
search(document, new URL('../', here).href);
notebookLoader(document, here);
