import type { Answer, Result } from '../../search/engine.ts';
import type { FormulaRow } from '../../search/format.ts';
import { plainMath } from '../../search/plain-math.ts';
import { fold, stem, termsOf } from '../../search/words.ts';
import { fromDisk } from '../notebook/site.ts';
import { typeset } from './typeset.ts';

const mostLines = 3;

/** One item a page: the page itself, then what of it answers, each line with its own address. */
export function resultList(
  document: Document,
  { results }: Answer,
  query: string,
  root: string,
): HTMLElement[] {
  const terms = termsOf(query);
  return results.map((result) => {
    const make = new Lines(document, result, terms, root);
    const item = document.createElement('li');
    const lines = make.all();
    item.append(make.page(lines.length === 0), ...lines);
    return item;
  });
}

class Lines {
  private readonly document: Document;
  private readonly result: Result;
  private readonly terms: string[];
  private readonly base: string;

  constructor(document: Document, result: Result, terms: string[], root: string) {
    this.document = document;
    this.result = result;
    this.terms = terms;
    this.base = `${root}${result.record.url}${fromDisk ? 'index.html' : ''}`;
  }

  page(alone: boolean): HTMLElement {
    const { title, year, authors, summary } = this.result.record;
    const head = this.element('b', ...this.marked(title));
    const by = [authors, year].filter(Boolean).join(' · ');
    const line = this.link('', 'page', head, this.element('span', by && ` ${by}`));
    line.children[1].className = 'by';
    if (alone) line.append(this.excerpt(summary));
    return line;
  }

  /** What answers, formulas first. */
  all(): HTMLElement[] {
    const { formulas, symbols, names, parts } = this.result;
    return [
      ...formulas.slice(0, 2).map((row) => this.formula(row)),
      ...symbols.slice(0, 1).map((i) => this.symbol(i)),
      ...names.slice(0, 1).map((i) => this.name(i)),
      ...[...new Set(parts)].map((i) => this.part(i)),
    ].slice(0, mostLines);
  }

  private formula([part, anchor, tex]: FormulaRow): HTMLElement {
    const { parts } = this.result.record;
    const number = /^formula-(.*)$/.exec(anchor)?.[1].replace('-prime', '′');
    const where = number ? `formula (${number})` : parts[part][1];
    const line = this.link(anchor, 'part formula', typeset(this.document, tex), this.element('span', where));
    line.setAttribute('aria-label', `${where}: ${plainMath(tex)}`);
    return line;
  }

  private symbol(i: number): HTMLElement {
    const [tex, key, meaning] = this.result.record.symbols[i];
    const line = this.link('symbols', 'part symbol', typeset(this.document, tex));
    line.append(this.element('span', meaning), this.element('code', key));
    line.setAttribute('aria-label', `${plainMath(tex)}: ${meaning}`);
    return line;
  }

  private name(i: number): HTMLElement {
    const [name, cell] = this.result.record.names[i];
    return this.link(cell, 'part', this.element('code', name), ` in ${cell}.ts`);
  }

  private part(i: number): HTMLElement {
    const [id, title] = this.result.record.parts[i];
    return this.link(id, 'part', this.element('b', ...this.marked(title)));
  }

  private link(id: string, kind: string, ...content: (Node | string)[]): HTMLAnchorElement {
    const line = this.document.createElement('a');
    line.href = id ? `${this.base}#${id}` : this.base;
    line.className = kind;
    line.append(...content);
    return line;
  }

  private excerpt(text: string): HTMLElement {
    const line = this.element('span', ...this.marked(text));
    line.className = 'excerpt';
    return line;
  }

  private element(name: string, ...content: (Node | string | undefined)[]): HTMLElement {
    const made = this.document.createElement(name);
    made.append(...content.filter((part): part is Node | string => Boolean(part)));
    return made;
  }

  /** A text with the words of the query marked. */
  private marked(text: string): (Node | string)[] {
    return text
      .split(/([\p{L}\p{N}]+)/u)
      .map((piece, i) => (i % 2 && this.isAsked(piece) ? this.element('mark', piece) : piece));
  }

  private isAsked(word: string): boolean {
    const root = stem(fold(word));
    return this.terms.some((term) => root === term || (term.length > 2 && root.startsWith(term)));
  }
}
