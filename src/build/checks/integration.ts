import { existsSync, readdirSync, readFileSync } from 'node:fs';
import type { AstroIntegration } from 'astro';
import { sections, slugs } from '../../../content/sections.ts';
import { guideSchema } from '../../content.config.ts';
import { readCells } from '../cells.ts';
import { sourcesHash } from '../hashes.ts';
import { only, recordingOf, writtenSlugs } from '../notebooks.ts';
import { type PageSource, parsePage, readPage } from '../page-source.ts';
import { ContentError, type Problem, sentence } from '../problem.ts';
import { frontmatterProblems } from './frontmatter.ts';
import { guideLinkProblems, type Targets } from './links.ts';
import { addresses, pageProblems } from './page.ts';

const isPage = (slug: string) => existsSync(`content/papers/${slug}/index.mdx`);

/** Folders of content/papers that hold a page, whether or not a section lists them. */
const folders = (): string[] =>
  only.length > 0 ? only.filter(isPage) : readdirSync('content/papers').filter(isPage);

/** Slugs of the variable ONLY that have no page: the build would make a site without what was asked for. */
export const onlyProblems = (asked: string[], exists: (slug: string) => boolean): Problem[] =>
  asked
    .filter((slug) => !exists(slug))
    .map((slug) => ({
      file: `content/papers/${slug}/index.mdx`,
      found: `no page, though ONLY asks for ${slug}`,
      expected: 'a slug whose page stands',
      remedy: `mend ONLY, or run: npm run new ${slug}`,
    }));

/** Slugs that stand twice in content/sections.ts: a page has one place. */
export const doubleSlugs = (all: string[]): Problem[] =>
  [...new Set(all.filter((slug, i) => all.indexOf(slug) !== i))].map((slug) => ({
    file: 'content/sections.ts',
    found: `"${slug}" twice`,
    expected: 'each slug in one place',
    remedy: 'remove one of them',
  }));

/** The guide's pages at their addresses. The first by order is the guide's own address. */
export function guideAddresses(pages: PageSource[]): Map<string, PageSource> {
  const order = (page: PageSource) => (page.frontmatter as { order?: number } | null)?.order ?? 0;
  const sorted = [...pages].sort((a, b) => order(a) - order(b));
  const name = (page: PageSource) => page.file.replace(/^.*\/|\.mdx?$/g, '');
  return new Map(sorted.map((page, i) => [i === 0 ? '/guide/' : `/guide/${name(page)}/`, page]));
}

const guidePages = (): PageSource[] =>
  (existsSync('content/guide') ? readdirSync('content/guide') : [])
    .filter((file) => /\.mdx?$/.test(file))
    .map((file) => `content/guide/${file}`)
    .map((file) => parsePage(file, readFileSync(file, 'utf8')));

/** What is wrong with the guide: fields, then links. Without its fields a page's address is not known. */
export function guideProblems(pages: PageSource[], targets: Targets): Problem[] {
  const wrong = pages.flatMap((page) => frontmatterProblems(page, guideSchema));
  return wrong.length > 0 ? wrong : pages.flatMap((page) => guideLinkProblems(page, targets));
}

function paperProblems(slug: string, targets: Targets): Problem[] {
  const recording = recordingOf(slug);
  return pageProblems({
    slug,
    page: readPage(slug),
    cells: readCells(slug),
    recording,
    hash: () => sourcesHash(slug, recording?.assets ?? [], recording?.seed ?? 0),
    home: sections.find((section) => section.papers.includes(slug))?.id,
    targets,
    exists: existsSync,
  });
}

/** Everything that is wrong with the content as it lies on the disk. */
export function contentProblems(): Problem[] {
  const pages = guidePages();
  const guide = guideAddresses(pages);
  const idsOf = (address: string) => {
    const slug = /^\/papers\/([\w-]+)\/$/.exec(address)?.[1];
    return slug ? addresses(readPage(slug), recordingOf(slug)) : (guide.get(address)?.ids ?? []);
  };
  // A build of a few pages may link to the others: they stand in the whole site.
  const targets = { standing: writtenSlugs(), slugs, guide: [...guide.keys()], ids: idsOf };
  return [
    ...onlyProblems(only, isPage),
    ...doubleSlugs(slugs),
    ...guideProblems(pages, targets),
    ...folders().flatMap((slug) => paperProblems(slug, targets)),
  ];
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
