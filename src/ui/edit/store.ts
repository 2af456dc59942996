/** Edits of cells, kept on this device: one entry a paper in the browser's own storage. Nothing of it leaves the device. */

/** A reader's text of a cell. */
export interface Edit {
  /** Hash of the site's cell that it edits. */
  of: string;
  text: string;
  /** When it was last changed, as a date in ISO. */
  at: string;
  /** It began with the code of a link: that code. */
  link?: string;
  /** An earlier edit of the reader's, which a link's code took the place of. */
  earlier?: { of: string; text: string };
}
export type Edits = Record<string, Edit>;

/** `full` and `refused`: the edit lives on this page only. */
export type Kept = 'kept' | 'full' | 'refused';

/** The entry of a paper. */
export const keyOf = (slug: string) => `working-papers-edits:${slug}`;

/** The kept edits of a paper, by the name of the cell; what is no edit is left out. */
export function keptEdits(slug: string, storage: () => Storage): Edits {
  try {
    const found: unknown = JSON.parse(storage().getItem(keyOf(slug)) ?? '{}');
    if (found === null || typeof found !== 'object') return {};
    return Object.fromEntries(Object.entries(found).filter(([, edit]) => isEdit(edit)));
  } catch {
    return {};
  }
}

const isEdit = (edit: unknown): edit is Edit =>
  typeof edit === 'object' &&
  edit !== null &&
  ['of', 'text', 'at'].every((key) => typeof (edit as Record<string, unknown>)[key] === 'string');

/** Keeps an edit, or with `undefined` forgets it; other cells' edits, also those of another tab, stay as they are. */
export function keepEdit(slug: string, cell: string, edit: Edit | undefined, storage: () => Storage): Kept {
  const edits = keptEdits(slug, storage);
  if (edit) edits[cell] = edit;
  else delete edits[cell];
  try {
    if (Object.keys(edits).length > 0) storage().setItem(keyOf(slug), JSON.stringify(edits));
    else storage().removeItem(keyOf(slug));
    return 'kept';
  } catch (error) {
    return (error as Error).name === 'QuotaExceededError' ? 'full' : 'refused';
  }
}

/** Whether a paper has edits on this device: asked before anything else of the notebook is loaded. */
export function hasEdits(slug: string, storage: () => Storage): boolean {
  try {
    return storage().getItem(keyOf(slug)) !== null;
  } catch {
    return false;
  }
}
