import { loadPagefind, type Pagefind } from './pagefind.ts';
import { resultList } from './search-results.ts';

const most = 12;
const fromDisk = 'Search needs a server for now: from the disk, browsers do not let a page read the index.';

/** The search box: opened by "/" or a button, loaded when first opened, walked by the arrow keys. */
export function search(document: Document, root: string): void {
  const dialog = document.querySelector<HTMLDialogElement>('dialog.search');
  if (!dialog) return;
  const box = new SearchBox(dialog, root);
  for (const button of document.querySelectorAll('[data-search-open]'))
    button.addEventListener('click', () => box.open());
  document.addEventListener('keydown', (event) => {
    if (event.key !== '/' || event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
    event.preventDefault();
    box.open();
  });
}

const typing = (target: EventTarget | null) =>
  target instanceof HTMLElement && (target.isContentEditable || target.matches('input, textarea, select'));

class SearchBox {
  private readonly dialog: HTMLDialogElement;
  private readonly root: string;
  private index: Promise<Pagefind | null> | undefined;

  constructor(dialog: HTMLDialogElement, root: string) {
    this.dialog = dialog;
    this.root = root;
    dialog.addEventListener('input', () => this.find());
    dialog.addEventListener('keydown', (event) => this.walk(event));
    dialog.addEventListener('click', (event) => event.target === dialog && dialog.close());
    this.form.addEventListener('submit', (event) => this.submit(event));
    this.form.querySelector('button')!.addEventListener('click', () => dialog.close());
  }

  open(): void {
    if (!this.dialog.open) this.dialog.showModal();
    this.input.select();
    this.index ??= this.load();
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
  private get links() {
    return [...this.list.querySelectorAll('a')];
  }

  private say(words: string): void {
    this.dialog.querySelector('.search-status')!.textContent = words;
  }

  private async load(): Promise<Pagefind | null> {
    if (location.protocol === 'file:') return this.refuse(fromDisk);
    try {
      const pagefind = await loadPagefind(this.root);
      this.offerYears(await pagefind.filters());
      return pagefind;
    } catch (error) {
      console.warn(error);
      return this.refuse(
        'The search index did not load. It exists in built sites only; reload to try again.',
      );
    }
  }

  private refuse(words: string): null {
    this.say(words);
    return null;
  }

  private offerYears({ year = {} }: Record<string, Record<string, number>>): void {
    const select = this.dialog.querySelector<HTMLSelectElement>('[name=year]')!;
    for (const value of Object.keys(year).sort().reverse()) select.append(new Option(value, value));
  }

  private get filters(): Record<string, string> {
    const selects = [...this.dialog.querySelectorAll('select')].filter((select) => select.value);
    return Object.fromEntries(selects.map((select) => [select.name, select.value]));
  }

  private async find(): Promise<void> {
    const pagefind = await this.index;
    const query = this.input.value.trim();
    const filters = this.filters;
    if (!pagefind) return;
    if (!query && Object.keys(filters).length === 0) return this.show([], '');
    const answer = await pagefind.debouncedSearch(query || null, { filters }, 120);
    if (!answer) return; // another letter was typed meanwhile
    const found = await Promise.all(answer.results.slice(0, most).map((result) => result.data()));
    const count = answer.results.length;
    this.show(
      resultList(this.dialog.ownerDocument, found),
      count ? `${count} ${count === 1 ? 'page' : 'pages'}` : `Nothing holds “${query}”.`,
    );
  }

  private show(items: HTMLElement[], words: string): void {
    if (this.list.contains(this.dialog.ownerDocument.activeElement)) return; // a late answer: the reader is walking
    this.list.replaceChildren(...items);
    this.say(words);
  }

  private walk(event: KeyboardEvent): void {
    if (event.key === 'Escape') this.dialog.close(); // a search field would only clear itself
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step || (event.target as Element).matches('select')) return;
    const stops: HTMLElement[] = [this.input, ...this.links];
    const at = stops.indexOf(event.target as HTMLElement);
    event.preventDefault();
    stops[(at + step + stops.length) % stops.length].focus();
  }

  /** Enter in the field goes to the first result. */
  private submit(event: SubmitEvent): void {
    event.preventDefault();
    this.links[0]?.click();
  }
}
