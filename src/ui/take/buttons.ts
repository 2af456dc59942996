import { addScript } from '../load-notebook.ts';

export type Kind = 'program' | 'notebook' | 'single';

declare global {
  interface Window {
    /** Puts a file together and hands it to the reader; left by `take.js`. Gives its name and size in words. */
    takeFile?: (kind: Kind, slug: string) => Promise<string>;
  }
}

/** The buttons of "Take it along": shown only where a script is there to put the files together. */
export function takeButtons(document: Document, address: string): void {
  const slug = document.querySelector<HTMLElement>('main[data-slug]')?.dataset.slug;
  const status = document.querySelector('[data-take-status]');
  if (!slug || !status) return;
  let loading: Promise<void> | undefined;
  const load = () => (loading ??= addScript(document, address));
  for (const button of document.querySelectorAll<HTMLButtonElement>('[data-take]')) {
    button.disabled = false;
    button.addEventListener('click', async () => {
      if (button.getAttribute('aria-busy') === 'true') return;
      button.setAttribute('aria-busy', 'true');
      status.textContent = `${button.textContent} is being put together …`;
      status.textContent = await load()
        .then(() => window.takeFile!(button.dataset.take as Kind, slug))
        .catch((error: Error) => {
          loading = undefined;
          const next = error.name === 'Said' ? '' : '. Press it again to try once more.';
          return `${button.textContent} could not be put together: ${error.message}${next}`;
        });
      button.removeAttribute('aria-busy');
    });
  }
}
