declare global {
  interface Window {
    /** Where the page is one file that was taken along: what its maker had set and edited, as an address has it from its `?`. */
    carriedOpening?: string;
  }
}

/** How the part of a link begins that its notebook reads. */
export const begins = '#shared=';

export const isShared = (fragment: string): boolean => fragment.startsWith(begins);

/** What sets the page other than it was built: its address, else what came with it in one file. */
export function opening(): { query: string; fragment: string; by: 'link' | 'file' } {
  const { search, hash } = location;
  const [, query, fragment] = /^([^#]*)(.*)$/.exec(window.carriedOpening ?? '')!;
  const byLink = isShared(hash) || !fragment;
  return {
    // Once a reader has moved a control, the address says it.
    query: search.length > 1 ? search : query,
    fragment: byLink ? hash : fragment,
    by: byLink ? 'link' : 'file',
  };
}

/** Whether anything does. */
export function isOpenedWith(): boolean {
  const { query, fragment } = opening();
  return query.length > 1 || isShared(fragment);
}
