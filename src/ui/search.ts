/** The part of the search box that every page has: what opens it. The rest is fetched when it opens. */
export function search(document: Document, script: string): void {
  const dialog = document.querySelector<HTMLDialogElement>('dialog.search');
  if (!dialog) return;
  const open = () => {
    if (!dialog.open) dialog.showModal();
    dialog.querySelector('input')!.select();
    fetchBox(document, dialog, script);
  };
  for (const button of document.querySelectorAll('[data-search-open]'))
    button.addEventListener('click', open);
  dialog.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape') return;
    event.preventDefault(); // a search field would clear itself
    dialog.close();
  });
  document.addEventListener('keydown', (event) => {
    if (event.key !== '/' || event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
    event.preventDefault();
    open();
  });
}

/** A field of a box that was just closed keeps the keyboard for a moment; nothing is typed there. */
const typing = (target: EventTarget | null) =>
  target instanceof HTMLElement &&
  (target.isContentEditable || target.matches('input, textarea, select')) &&
  !target.closest('dialog:not([open])');

/** Closing works before the rest is there; a script that did not come is asked for again when the box opens again. */
function fetchBox(document: Document, dialog: HTMLDialogElement, src: string): void {
  if (dialog.dataset.box) return;
  dialog.dataset.box = 'loading';
  const script = document.createElement('script');
  script.src = src;
  script.onerror = () => {
    delete dialog.dataset.box;
    dialog.querySelector('.search-status')!.textContent =
      'The search did not load. Close this box and open it to try again; what you typed stays.';
  };
  dialog.querySelector('.search-close')!.addEventListener('click', () => dialog.close(), { once: true });
  document.head.append(script);
}
