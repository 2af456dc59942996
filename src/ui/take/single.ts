/** Wakes a page that is one file: what the site would load, it carries in itself. */
import { fromPlanes, isInPlanes } from '../../take-files/planes.ts';
import { copyButtons } from '../copy.ts';
import { figures } from '../figures/wake.ts';
import { folds } from '../fold.ts';
import { notebookLoader } from '../load-notebook.ts';
import { symbols } from '../symbols.ts';
import { themeButton } from '../theme-button.ts';
import { unpacked } from './packing.ts';

const carried = new Map(
  [...document.querySelectorAll<HTMLElement>('script[data-carried]')].map((element) => [
    element.dataset.carried!,
    element.textContent ?? '',
  ]),
);

window.carried = async (name) => {
  const content = carried.get(name);
  if (content === undefined)
    throw new Error(`the part ${name} is not in this file; the page on the site has it`);
  const bytes = await unpacked(content).catch(() => {
    throw new Error(
      `the part ${name} of this file is damaged, so it cannot be used: take the file again, or ask for it again`,
    );
  });
  return isInPlanes(name) ? (fromPlanes(new Uint8Array(bytes)).buffer as ArrayBuffer) : bytes;
};

window.carriedOpening = document.querySelector('script[data-opening]')?.textContent ?? '';

const script = async (name: string) =>
  URL.createObjectURL(new Blob([await window.carried!(name)], { type: 'text/javascript' }));

themeButton(document);
symbols(document);
folds(document);
copyButtons(document);
// Without its script, which large data left no room for, a button at a figure would do nothing.
if (carried.has('figures.js')) figures(document, () => script('figures.js'));
notebookLoader(document, () => script('notebook.js'));
