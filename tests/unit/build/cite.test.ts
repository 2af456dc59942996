import { expect, test } from 'vitest';
import { bibtex, byline } from '../../../src/build/cite.ts';
import type { PaperData } from '../../../src/content.config.ts';
import { pageWith } from './page.ts';

const data = (change: Partial<PaperData> = {}) => ({ ...(pageWith().frontmatter as PaperData), ...change });

test.each([
  [['Ada Lovelace'], undefined, 'Lovelace'],
  [['Ada Lovelace', 'Alan Turing'], undefined, 'Lovelace and Turing'],
  [['A B', 'C D', 'E F'], 13, 'B, D, F and 13 others'],
  [['A B', 'C D', 'E F', 'G H'], undefined, 'B, D, F and 1 other'],
])('%s and %s more are "%s"', (authors, more, words) => {
  expect(byline(data({ authors, more }))).toBe(words);
});

test('a surname of two words stays whole, and BibTeX gets plain spaces', () => {
  const authors = ['Ada King\u00a0Noel'];
  expect(byline(data({ authors }))).toBe('King\u00a0Noel');
  expect(bibtex(data({ authors }))).toContain('author = {King Noel, Ada}');
});

test('an entry has what BibTeX needs, and only what is known', () => {
  const entry = bibtex(data({ arxiv: '2008.02217', more: 2, bibtex: { type: 'misc', key: 'lovelace2021' } }));
  expect(entry).toBe(`@misc{lovelace2021,
  title = {{A paper}},
  author = {Lovelace, Ada and others},
  year = {2021},
  eprint = {2008.02217},
  archivePrefix = {arXiv},
  url = {https://arxiv.org/abs/2008.02217}
}`);
});
