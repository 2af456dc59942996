import { existsSync, readdirSync } from 'node:fs';
import type { AstroIntegration } from 'astro';
import { sections, slugs } from '../../../content/sections.ts';
import { readCells, sourcesHash } from '../cells.ts';
import { only, recordingOf, standingSlugs } from '../notebooks.ts';
import { readPage } from '../page-source.ts';
import { ContentError, type Problem, sentence } from '../problem.ts';
import { pageProblems } from './page.ts';

/** Folders of content/papers that hold a page, whether or not a section lists them. */
const folders = (): string[] =>
  (only.length > 0 ? only : readdirSync('content/papers')).filter((slug) =>
    existsSync(`content/papers/${slug}/index.mdx`),
  );

const guidePages = (): string[] =>
  existsSync('content/guide') ? readdirSync('content/guide').map((file) => file.replace(/\.mdx?$/, '')) : [];

/** Everything that is wrong with the content as it lies on the disk. */
export function contentProblems(): Problem[] {
  const targets = { standing: standingSlugs(), slugs, guide: guidePages() };
  return folders().flatMap((slug) => {
    const recording = recordingOf(slug);
    const assets = recording?.assets ?? [];
    return pageProblems({
      slug,
      page: readPage(slug),
      cells: readCells(slug),
      recording,
      hash: () => sourcesHash(slug, assets, recording?.seed ?? 1),
      home: sections.find((section) => section.papers.includes(slug))?.id,
      targets,
    });
  });
}

/** Stops a build before anything is drawn when the content is not whole; while writing, says the same as warnings. */
export function checkedContent(): AstroIntegration {
  return {
    name: 'checked-content',
    hooks: {
      // Before Astro reads the content itself: its own words name no remedy.
      'astro:config:setup': ({ command }) => {
        const problems = command === 'build' ? contentProblems() : [];
        if (problems.length > 0) throw new ContentError(problems);
      },
      'astro:server:setup': ({ logger }) => {
        for (const problem of contentProblems()) logger.warn(sentence(problem));
      },
    },
  };
}
