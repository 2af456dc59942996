import { SearchBox } from './box.ts';

/** Fetched when the box opens first. What was typed until then is searched at once. */
const dialog = document.querySelector<HTMLDialogElement>('dialog.search');
if (dialog) {
  dialog.dataset.box = 'ready';
  new SearchBox(dialog).find();
}
