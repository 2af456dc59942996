import { loadScript } from '../notebook/site.ts';

/** A cell as the site has it: what the page shows, and the hash that an edit of it is kept under. */
export interface SiteCell {
  /** As in the compiled notebook: 'mechanism', or '../other/mechanism' for another paper's. */
  name: string;
  text: string;
  hash: string;
}

declare global {
  interface Window {
    /** The texts of a paper's cells as `_site/sources/<slug>.js` leaves them. */
    workingPapersSources?: Record<string, SiteCell[]>;
  }
}

/** The texts of a paper's cells, in reading order, from the site: loaded when somebody edits, shares an edit or takes them along. */
export async function siteCells(slug: string): Promise<SiteCell[]> {
  await loadScript(`sources/${slug}.js`);
  return window.workingPapersSources![slug];
}
