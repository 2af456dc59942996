import { expect, test } from 'vitest';
import { fullAddress, repositoryOf, siteOf } from '../../../src/build/address.ts';
import { cardTags, citationTags, jsonLd } from '../../../src/build/meta.ts';
import type { PaperData } from '../../../src/content.config.ts';
import { pageWith } from './page.ts';

const data = (change: Partial<PaperData> = {}) => ({ ...(pageWith().frontmatter as PaperData), ...change });
const bibtex: PaperData['bibtex'] = {
  type: 'inproceedings',
  key: 'a',
  booktitle: 'A Conference',
  year: 2022,
};

test('a reference manager finds title, every author, year, proceedings and arXiv number', () => {
  const authors = ['Ada Lovelace', 'Alan M. Turing'];
  expect(citationTags(data({ authors, arxiv: '2008.02217', bibtex }))).toEqual([
    ['citation_title', 'A paper'],
    ['citation_author', 'Lovelace, Ada'],
    ['citation_author', 'Turing, Alan M.'],
    ['citation_publication_date', '2022'],
    ['citation_conference_title', 'A Conference'],
    ['citation_arxiv_id', '2008.02217'],
    ['citation_abstract_html_url', 'https://arxiv.org/abs/2008.02217'],
    ['citation_pdf_url', 'https://arxiv.org/pdf/2008.02217'],
  ]);
});

test('what is not known of a paper is left out', () => {
  const names = citationTags(data({ arxiv: undefined, link: undefined, bibtex: { type: 'misc', key: 'a' } }));
  expect(names.map(([name]) => name)).toEqual([
    'citation_title',
    'citation_author',
    'citation_publication_date',
  ]);
});

test('JSON-LD says what the page is about, and cannot end the script that carries it', () => {
  const text = jsonLd('a-paper', data({ title: 'On </script> & more', arxiv: '2008.02217' }));
  expect(text).not.toContain('<');
  const page = JSON.parse(text);
  expect(page.about).toMatchObject({ '@type': 'ScholarlyArticle', name: 'On </script> & more' });
  expect(page.about.identifier).toBe('arXiv:2008.02217');
  expect('url' in page).toBe(false);
  expect(JSON.parse(jsonLd('a-paper', data(), 'https://example.org/x/')).url).toBe(
    'https://example.org/x/papers/a-paper/',
  );
});

test('a card has a picture and an address only where they are known', () => {
  const names = (tags: [string, string][]) => tags.map(([name]) => name);
  expect(names(cardTags('t', 'd', undefined, undefined))).toEqual([
    'og:type',
    'og:site_name',
    'og:title',
    'og:description',
  ]);
  expect(cardTags('t', 'd', 'https://a.org/', 'https://a.org/b.png')).toContainEqual([
    'og:image',
    'https://a.org/b.png',
  ]);
});

test('the address of the site ends in a slash, that of the repository in none', () => {
  expect(siteOf('https://example.org/a/b')).toBe('https://example.org/a/b/');
  expect(siteOf('https://example.org')).toBe('https://example.org/');
  expect(repositoryOf('https://example.org/a/b/')).toBe('https://example.org/a/b');
  expect([siteOf(undefined), siteOf(''), repositoryOf('')]).toEqual([undefined, undefined, undefined]);
  expect(fullAddress('papers/a/', 'https://example.org/a/b/')).toBe('https://example.org/a/b/papers/a/');
  expect(fullAddress('papers/a/', undefined)).toBeUndefined();
});

test('what is no address is refused in words', () => {
  expect(() => siteOf('example.org')).toThrow('SITE: found "example.org", expected an address such as');
  expect(() => repositoryOf('git@example.org:a/b')).toThrow('REPOSITORY: found "git@example.org:a/b"');
});
