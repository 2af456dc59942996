import type { Difference } from './bundle.ts';
import type { Kept } from './store.ts';

const keptWords: Record<Kept, string> = {
  kept: 'Kept on this device only.',
  full: 'The browser’s storage is full: copy the text before you leave this page.',
  refused: 'This browser keeps nothing for this page: copy the text before you leave it.',
};

const lines = (count: number) => (count === 1 ? '1 line' : `${count} lines`);

/** "2 lines new, 1 line gone" */
export function differenceInWords({ added, removed }: Difference): string {
  const parts = [added > 0 && `${lines(added)} new`, removed > 0 && `${lines(removed)} gone`].filter(Boolean);
  return parts.length > 0 ? parts.join(', ') : 'no line differs';
}

/** What the note over an edited cell says. */
export function noteOf(state: {
  edited: boolean;
  fromLink: boolean;
  /** What brought its code: a link, or the one file that the page is. */
  by?: 'link' | 'file';
  /** The link's code, changed since by the reader. */
  changedHere: boolean;
  otherRelease: boolean;
  /** Another tab keeps another text of the cell. */
  elsewhere?: boolean;
  kept: Kept;
  difference: Difference;
}): string {
  if (!state.edited)
    return 'This is the text of the site. Ctrl or ⌘ with Enter runs it; Esc, or Tab, leaves the field.';
  const what = differenceInWords(state.difference);
  const other = state.otherRelease ? ' It was made for another release of this cell.' : '';
  if (state.fromLink && !state.changedHere)
    return `From ${state.by === 'file' ? 'this file' : 'a link'}, not the site’s code: ${what}.${other}`;
  if (state.elsewhere)
    return `Edited: ${what}. Another tab edits this cell, too: what is typed last, here or there, is kept.`;
  const origin = state.fromLink
    ? `Edited, from ${state.by === 'file' ? 'this file’s' : 'a link’s'} code`
    : 'Edited';
  return `${origin}: ${what}.${other} ${keptWords[state.kept]}`;
}
