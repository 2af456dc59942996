/** The part of Pagefind's browser API that the search box uses. */
export interface SubResult {
  title: string;
  url: string;
  excerpt: string;
}
export interface Found {
  url: string;
  excerpt: string;
  meta: Record<string, string>;
  sub_results: SubResult[];
}
export interface Pagefind {
  options(options: Record<string, unknown>): Promise<void>;
  init(): Promise<void>;
  search(
    query: string,
    options: { filters: Record<string, string> },
  ): Promise<{ results: { data(): Promise<Found> }[] }>;
}

/** Loads the index that lies beside the site; wherever that is, its results point there. */
export async function loadPagefind(root: string): Promise<Pagefind> {
  const pagefind: Pagefind = await import(`${root}pagefind/pagefind.js`);
  await pagefind.options({ excerptLength: 18 });
  await pagefind.init();
  return pagefind;
}
