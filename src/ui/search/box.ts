import { type Answer, Engine, type Filters } from '../../search/engine.ts';
import { fromDisk, root } from '../notebook/site.ts';
import { FurtherOn } from './further-on.ts';
import { loadPagefind, type Pagefind } from './pagefind.ts';
import { siteParts } from './parts.ts';
import { passageList } from './passages.ts';
import { resultList } from './results.ts';

/** How many pages, and passages, are shown at first. */
const most = 6;
/** How long a lone letter waits for the next, and a query that nothing answers before the text is searched. */
const loneLetter = 60;
const pause = 600;
const after = (milliseconds: number) => new Promise((done) => setTimeout(done, milliseconds));

/** The search box: answers while one types, walked by the arrow keys. */
export class SearchBox {
  private readonly dialog: HTMLDialogElement;
  private readonly document: Document;
  private readonly engine = new Engine(siteParts);
  private readonly furtherOn: FurtherOn;
  private pagefind: Promise<Pagefind> | undefined;
  /** Counts what was asked: an answer to what is no longer asked is dropped. */
  private asked = 0;
  /** How many pages are shown. */
  private many = most;

  constructor(dialog: HTMLDialogElement) {
    this.dialog = dialog;
    this.document = dialog.ownerDocument;
    this.furtherOn = new FurtherOn(this.document, {
      more: () => this.more(),
      passages: () => this.passages(),
    });
    dialog.addEventListener('input', () => this.find());
    dialog.addEventListener('keydown', (event) => this.walk(event));
    dialog.addEventListener('click', (event) => event.target === dialog && dialog.close());
    this.form.addEventListener('submit', (event) => this.submit(event));
    this.form.querySelector('button')!.addEventListener('click', () => dialog.close());
    this.offerYears().catch((error) => this.fail(error));
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
    this.say(`The search index did not load: ${(error as Error).message}. Type on to try again.`);
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

  /** Answers what stands in the box. */
  async find(): Promise<void> {
    this.many = most;
    const asked = ++this.asked;
    const query = this.input.value;
    if (!query.trim() && Object.keys(this.filters).length === 0) return this.show([], '');
    if (/^[a-z]$/i.test(query.trim())) await after(loneLetter);
    await this.answer(query, asked);
  }

  private async answer(query: string, asked: number): Promise<void> {
    if (asked !== this.asked) return; // another letter was typed meanwhile
    try {
      const answer = await this.engine.search(query, this.filters, this.many);
      if (asked !== this.asked) return;
      const pages = resultList(this.document, answer, query, root);
      this.show([...pages, ...this.furtherOn.lines(query, answer)], counted(query, answer));
      if (answer.count === 0 && !answer.waits && !fromDisk) await this.textAlone(asked);
    } catch (error) {
      if (asked === this.asked) this.fail(error);
    }
  }

  /** Where no page answers, the text may: it is searched when the reader has paused. */
  private async textAlone(asked: number): Promise<void> {
    await after(pause);
    if (asked === this.asked) await this.passages();
  }

  /** Three times as many pages. */
  private async more(): Promise<void> {
    this.many *= 3;
    await this.answer(this.input.value, this.asked);
  }

  /** Passages of the text, through Pagefind, below the pages. */
  private async passages(): Promise<void> {
    const { asked } = this;
    const query = this.input.value;
    try {
      this.pagefind ??= loadPagefind(root);
      const filters = Object.entries(this.filters).map(([key, value]) => [key, String(value)]);
      const answer = await (await this.pagefind).search(query, { filters: Object.fromEntries(filters) });
      const found = await Promise.all(answer.results.slice(0, most).map((result) => result.data()));
      if (asked !== this.asked) return;
      this.say(this.furtherOn.place(this.list, passageList(this.document, found), query));
    } catch (error) {
      this.pagefind = undefined;
      if (asked === this.asked) this.fail(error);
    }
  }

  /** The keyboard goes on where it stood, among the new answers: the last may come when one walks those before. */
  private show(items: HTMLElement[], words: string): void {
    const at = this.stops.indexOf(this.document.activeElement as HTMLElement);
    this.list.replaceChildren(...items);
    if (this.many === most) this.list.scrollTop = 0;
    if (at >= 0) (this.stops[at] ?? this.input).focus();
    this.say(words);
  }

  private walk(event: KeyboardEvent): void {
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

function counted(query: string, { count, waits }: Answer): string {
  if (waits) return '';
  if (count > 0) return `${count} ${count === 1 ? 'page' : 'pages'}`;
  return query.trim() ? `Nothing holds “${query.trim()}”.` : 'No page is left.';
}
