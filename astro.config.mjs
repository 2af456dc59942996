import { satteri } from '@astrojs/markdown-satteri';
import mdx from '@astrojs/mdx';
import { defineConfig } from 'astro/config';
import { addressed } from './src/build/addressed.ts';
import { checkedContent } from './src/build/checks/integration.ts';
import { katexHast } from './src/build/katex-hast.ts';
import { moreTries } from './src/build/more-tries.ts';
import { relativeUrls } from './src/build/relative.ts';
import { release } from './src/build/release.ts';
import { searchIndex } from './src/build/search-index.ts';
import { siteFiles } from './src/build/site-files.ts';
import { takeAlong } from './src/build/take/integration.ts';

// Several builds at once, each of a few pages, need folders of their own: `npm run look` names one.
const workshop = process.env.WORKSHOP;

export default defineConfig({
  ...(workshop ? { outDir: `${workshop}/dist`, cacheDir: `${workshop}/astro` } : {}),
  trailingSlash: 'ignore',
  devToolbar: { enabled: false },
  integrations: [
    mdx(),
    checkedContent(),
    siteFiles(),
    addressed(),
    relativeUrls(),
    takeAlong(),
    searchIndex(),
    release(),
  ],
  build: { inlineStylesheets: 'never' },
  vite: { build: { assetsInlineLimit: 0 } },
  markdown: {
    processor: satteri({
      features: { math: true, headingAttributes: true },
      hastPlugins: [katexHast, moreTries],
    }),
    syntaxHighlight: 'shiki',
    shikiConfig: { themes: { light: 'github-light', dark: 'github-dark' }, defaultColor: false },
  },
});
