import type { OpenCell } from './cell-editor.ts';
import type { SiteCell } from './sources.ts';
import type { Edit, Kept } from './store.ts';

/** What stands in the place of a site's cell: from a link, or by the reader. */
export interface LinkedText {
  of: string;
  text: string;
}

/** An open cell, and how its text came about. */
export interface Held {
  site: SiteCell;
  text: string;
  /** Hash of the site's cell that the text began with. */
  of: string;
  /** The code of a link that it began with. */
  link?: string;
  earlier?: LinkedText;
  kept: Kept;
  /** Another tab of this browser has changed the cell, too. */
  elsewhere?: boolean;
  /** What Undo brings back after a reset. */
  undone?: LinkedText;
  open: OpenCell;
}

/** Without the blank lines at its end, which the page does not show. */
export const plain = (text: string): string => text.replaceAll('\r\n', '\n').trimEnd();

export const isEdited = (held: Held): boolean => plain(held.text) !== held.site.text;

/** Is it a link's code, as it came? */
export const isLinks = (held: Held): boolean =>
  held.link !== undefined && plain(held.text) === plain(held.link);

/** What is to be kept of an open cell: not the site's text, but then what the reader had before a link's code came. */
export function editOf(held: Held): Edit | undefined {
  const { of, text, link, earlier } = held;
  const at = new Date().toISOString();
  if (!isEdited(held)) return earlier && { ...earlier, at };
  return { of, text, at, ...(link !== undefined && { link }), ...(earlier && { earlier }) };
}

/** What is shown of a cell when its page opens. */
export interface Opening {
  text: string;
  of: string;
  link?: string;
  earlier?: LinkedText;
}

/**
 * Which text a cell opens with: a link's, else the reader's; but the reader's where it began with this very link.
 * `older` is an edit of another release of the cell, which is shown beside the site's text and does not run.
 */
export function openingOf(
  site: SiteCell,
  kept: Edit | undefined,
  linked: LinkedText | undefined,
): { opening?: Opening; older?: Edit } {
  const own = kept && plain(kept.text) !== site.text ? kept : undefined;
  if (linked && plain(linked.text) !== site.text) {
    if (own?.link !== undefined && plain(own.link) === plain(linked.text)) return { opening: own };
    const earlier = own && { of: own.of, text: own.text };
    return { opening: { ...linked, link: linked.text, ...(earlier && { earlier }) } };
  }
  if (!own) return {};
  return own.of === site.hash ? { opening: own } : { older: own };
}
