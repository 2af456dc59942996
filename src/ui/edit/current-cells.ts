import { siteCells } from './sources.ts';
import { keptEdits } from './store.ts';

/** A cell's text as it would run now. */
export interface CurrentCell {
  name: string;
  text: string;
  /** The reader's, not the site's. */
  edited: boolean;
}

declare global {
  interface Window {
    /** While a notebook is awake: the texts that stand in for the site's, by cell. Also those that could not be kept. */
    workingPapersOverlay?: Record<string, () => Record<string, string>>;
  }
}

/**
 * The cells of a paper in reading order, with the reader's edits in place of what they edit: what Run runs, and what a
 * download or an embedding takes. An edit of an older release of a cell is left out, as it is on the page. Works in any
 * of the site's scripts, whether or not the notebook is awake.
 */
export async function currentCells(slug: string): Promise<CurrentCell[]> {
  const cells = await siteCells(slug);
  const awake = window.workingPapersOverlay?.[slug];
  const kept = keptEdits(slug, () => localStorage);
  const editOf = (name: string, hash: string): string | undefined => {
    if (awake) return awake()[name];
    return Object.hasOwn(kept, name) && kept[name].of === hash ? kept[name].text : undefined;
  };
  return cells.map(({ name, text, hash }) => {
    const edit = editOf(name, hash);
    return { name, text: edit ?? text, edited: edit !== undefined };
  });
}
