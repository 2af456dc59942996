import type { Live } from './notebook.ts';
import { attach } from './notebook.ts';

declare global {
  interface Window {
    /** What this script leaves for the page's own: the live notebook of a section, made once. */
    siteNotebook?: (section: HTMLElement) => Promise<Live>;
  }
}

const attached = new Map<HTMLElement, Promise<Live>>();

window.siteNotebook = (section) => {
  const known = attached.get(section) ?? attach(section);
  attached.set(section, known);
  known.catch(() => attached.delete(section));
  return known;
};
