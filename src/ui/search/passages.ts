import type { Found, SubResult } from './pagefind.ts';

const headings = 2;

/** An excerpt comes as text with `<mark>`; everything else in it stays text. */
function excerpt(document: Document, html: string): HTMLElement {
  const line = document.createElement('span');
  line.className = 'excerpt';
  for (const [i, part] of html.split(/<\/?mark>/).entries()) {
    const text = decoded(document, part);
    const mark = document.createElement('mark');
    mark.textContent = text;
    line.append(i % 2 ? mark : text);
  }
  return line;
}

function decoded(document: Document, escaped: string): string {
  const area = document.createElement('textarea');
  area.innerHTML = escaped;
  return area.value;
}

function link(document: Document, { url, title, excerpt: words }: SubResult, kind: string): HTMLElement {
  const a = document.createElement('a');
  a.href = url;
  a.className = kind;
  const name = document.createElement('b');
  name.textContent = title;
  a.append(name, excerpt(document, words));
  return a;
}

/** One item a page: the page itself, then its headings that hold the words, each with the words around them. */
export function passageList(document: Document, found: Found[]): HTMLElement[] {
  return found.map((page) => {
    const item = document.createElement('li');
    item.className = 'passage';
    const parts = page.sub_results.filter((part) => part.url !== page.url).slice(0, headings);
    const whole = {
      url: page.url,
      title: page.meta.title ?? page.url,
      excerpt: parts.length ? '' : page.excerpt,
    };
    item.append(link(document, whole, 'page'), ...parts.map((part) => link(document, part, 'part')));
    if (page.meta.year) item.querySelector('b')!.after(` ${page.meta.year}`);
    return item;
  });
}
