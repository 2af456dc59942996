import { appendFile, mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { AstroIntegration } from 'astro';
import type { PaperData } from '../content.config.ts';
import { cardOf, fullAddress, site } from './address.ts';
import { recordingOf, standingSlugs } from './notebooks.ts';
import { readPage } from './page-source.ts';

async function writeCards(root: string): Promise<number> {
  // Loaded where it is wanted: a build without an address needs no rasteriser.
  const { cardPng } = await import('./card.ts');
  let made = 0;
  for (const slug of standingSlugs()) {
    const recording = recordingOf(slug);
    if (!recording) continue;
    const file = path.join(root, cardOf(slug));
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, await cardPng(readPage(slug).frontmatter as PaperData, recording));
    made += 1;
  }
  return made;
}

/** What others find by the site's full address, where the build is told it: cards of links, and the sitemap's place. */
export function addressed(): AstroIntegration {
  return {
    name: 'addressed',
    hooks: {
      'astro:build:done': async ({ dir, logger }) => {
        if (!site) return;
        const root = fileURLToPath(dir);
        const began = performance.now();
        const made = await writeCards(root);
        const each = (performance.now() - began) / Math.max(1, made);
        logger.info(`${made} cards for links, ${each.toFixed(0)} ms each`);
        await appendFile(path.join(root, 'robots.txt'), `Sitemap: ${fullAddress('sitemap.xml')}\n`);
      },
    },
  };
}
