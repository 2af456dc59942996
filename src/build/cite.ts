import type { PaperData } from '../content.config.ts';

/** Letters that TeX of any age reads: titles and names are wrapped, not translated. */
const braces = (text: string) => `{${text}}`;

/** The BibTeX entry of a paper. */
export function bibtex(data: PaperData): string {
  const { type, key, journal, booktitle, year } = data.bibtex;
  const authors =
    data.authors.map((name) => lastFirst(name)).join(' and ') + (data.more ? ' and others' : '');
  const fields: [string, string | undefined][] = [
    ['title', braces(data.title)],
    ['author', authors],
    ['journal', journal],
    ['booktitle', booktitle],
    ['year', String(year ?? data.year)],
    ['eprint', data.arxiv],
    ['archivePrefix', data.arxiv && 'arXiv'],
    ['url', paperLink(data)],
  ];
  const lines = fields.filter(([, value]) => value).map(([name, value]) => `  ${name} = {${value}}`);
  return `@${type}{${key},\n${lines.join(',\n')}\n}`;
}

/** "Lovelace, Ada"; a surname of two words is written with a no-break space between them. */
export const lastFirst = (name: string): string => {
  const words = name.split(' ');
  const turned = words.length < 2 ? name : `${words.at(-1)}, ${words.slice(0, -1).join(' ')}`;
  return turned.replaceAll('\u00a0', ' ');
};

/** Where the paper is. */
export const paperLink = (data: PaperData): string | undefined =>
  data.arxiv ? `https://arxiv.org/abs/${data.arxiv}` : data.link;

/** "Ramsauer, Schäfl, Lehner and 13 others": as many names as fit a line. */
export function byline(data: PaperData, shown = 3): string {
  const last = data.authors.map((name) => name.split(' ').at(-1)!);
  const total = last.length + (data.more ?? 0);
  if (total === 1) return last[0];
  if (total <= shown) return `${last.slice(0, -1).join(', ')} and ${last.at(-1)}`;
  const listed = last.slice(0, shown);
  return `${listed.join(', ')} and ${total - listed.length} ${total - listed.length === 1 ? 'other' : 'others'}`;
}
