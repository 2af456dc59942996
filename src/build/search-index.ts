import { fileURLToPath } from 'node:url';
import type { AstroIntegration } from 'astro';
import * as pagefind from 'pagefind';

/** KaTeX writes a formula three times; only its TeX is indexed. */
const excludeSelectors = [
  '.katex-html',
  '.katex-mathml math semantics > :not(annotation)',
  '[data-no-search]',
  '.anchor',
];

/** The search index over the built site: after every rewrite of the HTML. */
export function searchIndex(): AstroIntegration {
  return {
    name: 'search-index',
    hooks: {
      'astro:build:done': async ({ dir, logger }) => {
        const root = fileURLToPath(dir);
        const { index, errors } = await pagefind.createIndex({ excludeSelectors });
        if (!index) throw new Error(`Pagefind made no index: ${errors.join('; ')}`);
        const { page_count } = await index.addDirectory({ path: root });
        await index.writeFiles({ outputPath: `${root}pagefind` });
        await pagefind.close();
        logger.info(`${page_count} pages indexed`);
      },
    },
  };
}
