import type { Core, FormulaRow, PageRecord, Parts, Shapes, Terms } from '../../search/format.ts';
import { loadScript } from '../notebook/site.ts';

declare global {
  interface Window {
    /** The index as `_site/search/<part>.js` leaves it. */
    searchIndex?: Record<string, unknown>;
  }
}

async function part<T>(name: string): Promise<T> {
  const known = window.searchIndex?.[name];
  if (known) return known as T;
  await loadScript(`search/${name}.js`);
  return window.searchIndex![name] as T;
}

/** The index of the site, fetched part by part. */
export const siteParts: Parts = {
  core: () => part<Core>('core'),
  terms: (i) => part<Terms>(`terms-${i}`),
  shapes: (i) => part<Shapes>(`shapes-${i}`),
  page: (i) => part<PageRecord>(`page-${i}`),
  formulas: (i) => part<FormulaRow[]>(`formulas-${i}`),
};
