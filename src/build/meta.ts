/** What machines read of a paper's page: reference managers, search engines, whoever shows a card for a link. */
import type { PaperData } from '../content.config.ts';
import { fullAddress } from './address.ts';
import { lastFirst, paperLink } from './cite.ts';

type Tag = [name: string, content: string];

const known = (tags: [string, string | number | undefined][]): Tag[] =>
  tags.filter(([, content]) => content !== undefined).map(([name, content]) => [name, String(content)]);

const fileOf = (data: PaperData) => data.arxiv && `https://arxiv.org/pdf/${data.arxiv}`;

/** The tags that reference managers read. They name the paper, as the BibTeX of the page does, not the page. */
export function citationTags(data: PaperData): Tag[] {
  const { type, journal, booktitle, year } = data.bibtex;
  return known([
    ['citation_title', data.title],
    ...data.authors.map((name): [string, string] => ['citation_author', lastFirst(name)]),
    ['citation_publication_date', year ?? data.year],
    ['citation_journal_title', journal],
    ['citation_conference_title', type === 'inproceedings' ? booktitle : undefined],
    ['citation_arxiv_id', data.arxiv],
    ['citation_abstract_html_url', paperLink(data)],
    ['citation_pdf_url', fileOf(data)],
  ]);
}

/** What a card for a link says. The picture and the address need an absolute address: left out where none is known. */
export function cardTags(
  title: string,
  description: string,
  page: string | undefined,
  picture: string | undefined,
): Tag[] {
  return known([
    ['og:type', 'website'],
    ['og:site_name', 'Working Papers'],
    ['og:title', title],
    ['og:description', description],
    ['og:url', page],
    ['og:image', picture],
    ['og:image:width', picture && 1200],
    ['og:image:height', picture && 630],
  ]);
}

/** The page in the words of schema.org: a working page about a scholarly article. */
export function jsonLd(slug: string, data: PaperData, root?: string): string {
  const link = paperLink(data);
  const page = {
    '@context': 'https://schema.org',
    '@type': ['WebPage', 'LearningResource'],
    name: data.title,
    description: data.summary,
    url: root && fullAddress(`papers/${slug}/`, root),
    inLanguage: 'en',
    keywords: data.techniques.join(', '),
    license: 'https://creativecommons.org/licenses/by/4.0/',
    isPartOf: { '@type': 'WebSite', name: 'Working Papers', url: root },
    about: {
      '@type': 'ScholarlyArticle',
      name: data.title,
      author: data.authors.map((name) => ({ '@type': 'Person', name })),
      datePublished: String(data.bibtex.year ?? data.year),
      identifier: data.arxiv && `arXiv:${data.arxiv}`,
      url: link,
    },
  };
  // A "<" could end the script that carries this.
  return JSON.stringify(page).replaceAll('<', '\\u003c');
}
