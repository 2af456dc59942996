import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { decode } from 'fast-png';
import { parseHTML } from 'linkedom';
import { test as plain } from 'playwright/test';
import { distFolder } from './dist.ts';
import { expect } from './fixture.ts';

const folder = distFolder();

/** The named tags in the head of a page, in order. */
function head(file: string) {
  const { document } = parseHTML(readFileSync(file, 'utf8'));
  const contents = (name: string) =>
    [...document.querySelectorAll(`meta[name="${name}"], meta[property="${name}"]`)].map((tag) =>
      tag.getAttribute('content'),
    );
  const link = (rel: string) => document.querySelector(`link[rel="${rel}"]`)?.getAttribute('href');
  const data = document.querySelector('script[type="application/ld+json"]')?.textContent;
  return { document, contents, link, data: data ? JSON.parse(data) : undefined };
}

plain('every paper carries what reference managers and search engines read', () => {
  for (const slug of readdirSync(join(folder, 'papers'))) {
    const { document, contents, data } = head(join(folder, 'papers', slug, 'index.html'));
    const [title] = contents('citation_title');
    expect(title, slug).toBeTruthy();
    expect(contents('citation_author').length, slug).toBeGreaterThan(0);
    for (const author of contents('citation_author')) expect(author, slug).toMatch(/^\S.*, \S|^\S+$/);
    expect(contents('citation_publication_date')[0], slug).toMatch(/^(19|20)\d\d$/);
    for (const id of contents('citation_arxiv_id'))
      expect(id, slug).toMatch(/^\d{4}\.\d{4,5}$|^[a-z-]+\/\d{7}$/);
    expect(contents('og:title'), slug).toEqual([title]);
    expect(contents('description')[0]!.length, slug).toBeGreaterThan(40);
    expect(data.about.name, slug).toBe(title);
    expect(data.about.author, slug).toHaveLength(contents('citation_author').length);
    // Whoever cites by the tags names the same authors, in the same order, as the entry on the page.
    const entry = document.querySelector('#bibtex')!.textContent!;
    const author = /^ {2}author = \{(.+)\}/m.exec(entry)![1];
    expect(author.split(' and '), slug).toEqual(contents('citation_author'));
    const shown = document.querySelector('.by')!.textContent!.split(' · ')[0];
    const [named, others] = shown.split(/ and (\d+) others?$/);
    const surnames = contents('citation_author').map((name) => name!.split(', ')[0]);
    const first = named.split(/, | and /).map((name) => name.trim().replaceAll('\u00a0', ' '));
    expect(surnames.slice(0, first.length), slug).toEqual(first);
    expect(surnames, slug).toHaveLength(first.length + Number(others ?? 0));
  }
});

plain('a build that is told no address names none', () => {
  plain.skip(Boolean(process.env.SITE), 'this site was built with its address');
  const { contents, link, data } = head(join(folder, 'papers/hopfield/index.html'));
  expect([contents('og:url'), contents('og:image'), link('canonical'), link('alternate')]).toEqual([
    [],
    [],
    undefined,
    undefined,
  ]);
  expect(data.url).toBeUndefined();
  for (const file of ['sitemap.xml', 'feed.xml', '_site/cards'])
    expect(existsSync(join(folder, file))).toBe(false);
});

plain(
  'a build that is told its addresses has cards, canonical links, sitemap, feed and a place for reports',
  ({ page }) => {
    plain.setTimeout(300_000);
    const workshop = '.cache/addressed';
    const root = resolve(import.meta.dirname, '../..');
    const env = {
      ...process.env,
      ONLY: 'hopfield',
      WORKSHOP: workshop,
      SITE: 'https://example.org/some/where',
      REPOSITORY: 'https://example.org/people/papers/',
    };
    const built = spawnSync(process.execPath, ['node_modules/astro/bin/astro.mjs', 'build'], {
      cwd: root,
      env,
    });
    expect(built.status, `${built.stdout}${built.stderr}`).toBe(0);
    const dist = join(root, workshop, 'dist');
    const paper = head(join(dist, 'papers/hopfield/index.html'));
    const address = 'https://example.org/some/where/papers/hopfield/';
    expect(paper.link('canonical')).toBe(address);
    expect(paper.contents('og:url')).toEqual([address]);
    expect(paper.data.url).toBe(address);
    const [picture] = paper.contents('og:image');
    expect(picture).toBe('https://example.org/some/where/_site/cards/hopfield.png');
    const { width, height } = decode(readFileSync(join(dist, '_site/cards/hopfield.png')));
    expect([width, height]).toEqual([1200, 630]);
    expect(paper.document.querySelector('#embed-line')?.textContent).toContain(`src="${address}embed/"`);
    expect(paper.document.querySelector('[data-report]')?.getAttribute('data-repository')).toBe(
      'https://example.org/people/papers',
    );

    const places = [...readFileSync(join(dist, 'sitemap.xml'), 'utf8').matchAll(/<loc>([^<]+)<\/loc>/g)].map(
      ([, place]) => place,
    );
    expect(places).toContain(address);
    expect(places.filter((place) => place.includes('embed'))).toEqual([]);
    for (const place of places) {
      const file = join(dist, place.slice('https://example.org/some/where/'.length), 'index.html');
      expect(existsSync(file), file).toBe(true);
      expect(head(file).link('canonical')).toBe(place);
    }
    const feed = readFileSync(join(dist, 'feed.xml'), 'utf8');
    expect(feed).toContain(`<link>${address}</link>`);
    expect(readFileSync(join(dist, 'robots.txt'), 'utf8')).toContain(
      'Sitemap: https://example.org/some/where/sitemap.xml',
    );
    return page
      .evaluate(
        (texts) =>
          texts.map(
            (text) =>
              new DOMParser().parseFromString(text, 'application/xml').querySelector('parsererror')
                ?.textContent,
          ),
        [feed, readFileSync(join(dist, 'sitemap.xml'), 'utf8')],
      )
      .then((errors) => expect(errors).toEqual([undefined, undefined]));
  },
);
