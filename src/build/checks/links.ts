import type { PageSource } from '../page-source.ts';
import type { Problem } from '../problem.ts';

/** What links and `related` may name. */
export interface Targets {
  /** Slugs whose page stands. */
  standing: string[];
  /** Every slug of content/sections.ts. */
  slugs: string[];
  /** Addresses of guide pages: "/guide/", "/guide/the-lab/". */
  guide: string[];
  /** Ids on the page at an address: "/papers/hopfield/", "/guide/". */
  ids: (address: string) => string[];
}

const outside = /^(?:[a-z][a-z+.-]*:|\/\/)/i;

/** Links inside the site that lead nowhere. External ones are not looked at. */
export function linkProblems(page: PageSource, targets: Targets, ids: string[]): Problem[] {
  const broken = page.links.filter((url) => !outside.test(url) && !resolves(url, targets, ids));
  return broken.map((url) => ({
    file: page.file,
    found: `a link to "${url}"`,
    expected: url.startsWith('#')
      ? `an id of this page: ${ids.join(', ')}`
      : `"#id" of this page, "../<slug>/" of a page that stands, or a page of the guide (${targets.guide.join(', ')}), with or without an id that it has`,
    remedy: 'mend the address or write the page',
  }));
}

function resolves(url: string, targets: Targets, ids: string[]): boolean {
  const [path, hash] = url.split('#');
  if (path === '' || path.startsWith('?')) return !hash || ids.includes(hash);
  if (['/', '/verify/', '/offline/'].includes(path)) return true;
  const paper = /^(?:\.\.|\/papers)\/([\w-]+)\/$/.exec(path)?.[1];
  const address = paper ? `/papers/${paper}/` : path.replace(/^\.\.\/\.\.\//, '/');
  const stands = paper ? targets.standing.includes(paper) : targets.guide.includes(address);
  return stands && (!hash || targets.ids(address).includes(hash));
}

/** Links of a guide page that lead nowhere. Its first page lies at another depth than the others, so paths start at the root. */
export function guideLinkProblems(page: PageSource, targets: Targets): Problem[] {
  const leads = (url: string) => /^[#/]/.test(url) && resolves(url, targets, page.ids);
  const broken = page.links.filter((url) => !outside.test(url) && !leads(url));
  return broken.map((url) => ({
    file: page.file,
    found: `a link to "${url}"`,
    expected: `"#id" of this page, "/papers/<slug>/" of a page that stands, or one of ${targets.guide.join(', ')}, with or without an id that it has`,
    remedy: 'mend the address or write the page',
  }));
}

/** Related papers that the library does not know. A known one whose page does not stand yet is simply not shown. */
export function relatedProblems(page: PageSource, related: string[], targets: Targets): Problem[] {
  const unknown = related.filter((slug) => !targets.slugs.includes(slug));
  return unknown.map((slug) => ({
    file: page.file,
    found: `the related paper "${slug}"`,
    expected: 'a slug of content/sections.ts',
    remedy: 'mend the slug',
  }));
}

/** A page whose folder is in no section, or in another than it says. */
export function placeProblems(
  page: PageSource,
  slug: string,
  section: string,
  home: string | undefined,
): Problem[] {
  if (home === section) return [];
  return [
    {
      file: page.file,
      found: home ? `section "${section}"` : `the folder "${slug}", which no section lists`,
      expected: home ? `"${home}", where content/sections.ts lists ${slug}` : 'a slug of content/sections.ts',
      remedy: home ? 'mend one of the two' : 'add it there, or rename the folder',
    },
  ];
}
