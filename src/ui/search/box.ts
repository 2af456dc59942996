import { type Answer, Engine, type Filters } from '../../search/engine.ts';
import { fromDisk, root } from '../notebook/site.ts';
import { loadPagefind, type Pagefind } from './pagefind.ts';
import { siteParts } from './parts.ts';
import { passageList } from './passages.ts';
import { resultList } from './results.ts';

const most = 8;

/** The search box: answers while one types, walked by the arrow keys. */
export class SearchBox {
  private readonly dialog: HTMLDialogElement;
  private readonly document: Document;
  private readonly engine = new Engine(siteParts);
  private pagefind: Promise<Pagefind> | undefined;
  /** Counts what was asked: an answer to what is no longer asked is dropped. */
  private asked = 0;

  constructor(dialog: HTMLDialogElement) {
    this.dialog = dialog;
    this.document = dialog.ownerDocument;
    dialog.addEventListener('input', () => this.find());
    dialog.addEventListener('keydown', (event) => this.walk(event));
    dialog.addEventListener('click', (event) => event.target === dialog && dialog.close());
    this.form.addEventListener('submit', (event) => this.submit(event));
    this.form.querySelector('button')!.addEventListener('click', () => dialog.close());
    void this.offerYears();
  }

  private get form() {
    return this.dialog.querySelector('form')!;
  }
  private get input() {
    return this.dialog.querySelector('input')!;
  }
  private get list() {
    return this.dialog.querySelector('ol')!;
  }
  private get stops() {
    return [...this.list.querySelectorAll<HTMLElement>('a, button')];
  }

  private say(words: string): void {
    this.dialog.querySelector('.search-status')!.textContent = words;
  }

  private fail(error: unknown): void {
    console.warn(error);
    this.say(`The search index did not load (${(error as Error).message}). Type again to try again.`);
  }

  private async offerYears(): Promise<void> {
    const select = this.dialog.querySelector<HTMLSelectElement>('[name=year]')!;
    const { years } = await siteParts.core();
    const found = [...new Set(years)].filter(Boolean).sort((a, b) => b - a);
    select.append(...found.map((year) => new Option(String(year), String(year))));
  }

  private get filters(): Filters {
    const value = (name: string) => this.dialog.querySelector<HTMLSelectElement>(`[name=${name}]`)!.value;
    const [year, section] = [value('year'), value('section')];
    return { ...(year && { year: Number(year) }), ...(section && { section }) };
  }

  async find(): Promise<void> {
    const asked = ++this.asked;
    const query = this.input.value;
    const { filters } = this;
    if (!query.trim() && Object.keys(filters).length === 0) return this.show([], '');
    try {
      const answer = await this.engine.search(query, filters);
      if (asked !== this.asked) return; // another letter was typed meanwhile
      this.show(
        [...resultList(this.document, answer, query, root), ...this.furtherOn(query)],
        counted(answer, query),
      );
      if (answer.count === 0 && !fromDisk) await this.passages(query);
    } catch (error) {
      if (asked === this.asked) this.fail(error);
    }
  }

  /** The last line: passages of the text, which Pagefind finds; from the disk it cannot. */
  private furtherOn(query: string): HTMLElement[] {
    if (!query.trim()) return [];
    const item = this.document.createElement('li');
    item.className = 'further';
    if (fromDisk) {
      const command = this.document.createElement('code');
      command.textContent = 'python3 -m http.server';
      item.append(
        'From the disk, passages of the text cannot be shown; serve the folder for them: ',
        command,
      );
      return [item];
    }
    const button = this.document.createElement('button');
    button.type = 'button';
    button.textContent = `Passages of the text with “${query.trim()}”`;
    button.addEventListener('click', () => void this.passages(query));
    item.append(button);
    return [item];
  }

  /** Passages in the place of the last line. */
  private async passages(query: string): Promise<void> {
    const { asked } = this;
    try {
      this.pagefind ??= loadPagefind(root);
      const pagefind = await this.pagefind;
      const filters = Object.fromEntries(
        Object.entries(this.filters).map(([key, value]) => [key, String(value)]),
      );
      const answer = await pagefind.search(query, { filters });
      const found = await Promise.all(answer.results.slice(0, most).map((result) => result.data()));
      if (asked !== this.asked) return;
      this.list.querySelector('.further')?.replaceWith(...passageList(this.document, found));
      const heading =
        found.length > 0 ? `${found.length} pages hold such passages.` : `Nothing holds “${query.trim()}”.`;
      this.say(heading);
      this.list.querySelector<HTMLElement>('.passage a')?.scrollIntoView({ block: 'nearest' });
    } catch (error) {
      this.pagefind = undefined;
      if (asked === this.asked) this.fail(error);
    }
  }

  private show(items: HTMLElement[], words: string): void {
    this.list.replaceChildren(...items);
    this.list.scrollTop = 0;
    this.say(words);
  }

  private walk(event: KeyboardEvent): void {
    if (event.key === 'Escape') this.dialog.close(); // a search field would only clear itself
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step || (event.target as Element).matches('select')) return;
    const stops: HTMLElement[] = [this.input, ...this.stops];
    const at = stops.indexOf(event.target as HTMLElement);
    event.preventDefault();
    stops[(at + step + stops.length) % stops.length].focus();
  }

  /** Enter in the field goes to the first result. */
  private submit(event: SubmitEvent): void {
    event.preventDefault();
    this.list.querySelector('a')?.click();
  }
}

function counted({ count }: Answer, query: string): string {
  if (count > 0) return `${count} ${count === 1 ? 'page' : 'pages'}`;
  return query.trim() ? `Nothing holds “${query.trim()}”.` : 'No page is left.';
}
