import type { Answer } from '../../search/engine.ts';
import { fromDisk } from '../notebook/site.ts';

/** What the lines below the results do. */
interface Acts {
  more(): Promise<void>;
  passages(): Promise<void>;
}

/** The lines below the results: more pages, and passages of the text, which cannot be had from the disk. */
export class FurtherOn {
  private readonly document: Document;
  private readonly acts: Acts;

  constructor(document: Document, acts: Acts) {
    this.document = document;
    this.acts = acts;
  }

  lines(query: string, { count, results, waits }: Answer): HTMLElement[] {
    const lines: HTMLElement[] = [];
    const left = count - results.length;
    if (left > 0)
      lines.push(
        this.line(
          'more',
          this.button(`Show ${left} more`, () => this.acts.more()),
        ),
      );
    if (!query.trim() || waits) return lines;
    const further = fromDisk
      ? this.sentence()
      : this.button('Search the text for passages', () => this.acts.passages());
    return [...lines, this.line('passages', further)];
  }

  /** Puts passages in the place of the line that offered them; gives what there is to say. */
  place(list: HTMLElement, items: HTMLElement[], query: string): string {
    const offer = list.querySelector<HTMLElement>('.passages');
    const isAt = offer?.contains(this.document.activeElement);
    const heading = this.line('heading', this.document.createTextNode('Passages of the text'));
    offer?.replaceWith(...(items.length > 0 ? [heading, ...items] : []));
    if (items.length === 0)
      return `${list.firstChild ? 'No passage of the text' : 'Nothing'} holds “${query.trim()}”.`;
    heading.scrollIntoView({ block: 'nearest' });
    if (isAt) items[0].querySelector('a')?.focus();
    return items.length === 1 ? '1 page has such passages.' : `${items.length} pages have such passages.`;
  }

  /** What the disk lacks, with the command that gives it. */
  private sentence(): Node {
    const words = this.document.createElement('span');
    const command = this.document.createElement('code');
    command.textContent = 'python3 -m http.server';
    words.append(
      'Passages of the text are not searched from the disk; to search them, serve the folder: ',
      command,
    );
    return words;
  }

  private line(kind: string, content: Node): HTMLElement {
    const item = this.document.createElement('li');
    item.className = `further ${kind}`;
    item.append(content);
    return item;
  }

  private button(words: string, act: () => Promise<void>): HTMLElement {
    const button = this.document.createElement('button');
    button.type = 'button';
    button.textContent = words;
    button.addEventListener('click', () => void act());
    return button;
  }
}
