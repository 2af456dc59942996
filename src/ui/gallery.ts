interface Choice {
  section: string;
  technique: string;
  year: string;
  order: string;
}

/** The library's filters: by section, technique and year, in place; the choice stays in the address. */
export function gallery(document: Document): void {
  const form = document.querySelector<HTMLFormElement>('[data-gallery-filters]');
  const list = document.querySelector<HTMLElement>('[data-gallery]');
  if (!form || !list) return;
  const items = [...list.children] as HTMLElement[];
  const choice = fromAddress();
  const apply = () => {
    paint(form, choice);
    const shown = filter(items, choice);
    list.append(...sorted(items, choice.order));
    const status = document.querySelector('[data-gallery-status]');
    if (status) status.textContent = `${shown} of ${items.length} papers shown`;
    const none = document.querySelector<HTMLElement>('[data-gallery-none]');
    if (none) none.hidden = shown > 0;
  };
  const change = (part: Partial<Choice>) => {
    Object.assign(choice, part);
    toAddress(choice);
    apply();
  };
  form.hidden = false;
  form.addEventListener('submit', (event) => event.preventDefault());
  form.addEventListener('click', (event) => {
    const button = (event.target as Element).closest<HTMLElement>('button[data-section]');
    if (button) change({ section: button.dataset.section ?? '' });
  });
  document
    .querySelector('[data-gallery-none] button')
    ?.addEventListener('click', () => change({ section: '', technique: '', year: '' }));
  form.addEventListener('change', (event) => {
    const select = event.target as HTMLSelectElement;
    change({ [select.name]: select.value });
  });
  apply();
}

function fromAddress(): Choice {
  const query = new URLSearchParams(location.search);
  const read = (name: string) => query.get(name) ?? '';
  return { section: read('section'), technique: read('technique'), year: read('year'), order: read('order') };
}

function toAddress(choice: Choice): void {
  const url = new URL(location.href);
  for (const [name, value] of Object.entries(choice)) {
    if (value) url.searchParams.set(name, value);
    else url.searchParams.delete(name);
  }
  try {
    history.replaceState(null, '', url);
  } catch {
    // A page from the disk may not change its address; the filters work without.
  }
}

function paint(form: HTMLFormElement, choice: Choice): void {
  for (const button of form.querySelectorAll<HTMLElement>('button[data-section]'))
    button.setAttribute('aria-pressed', String((button.dataset.section ?? '') === choice.section));
  for (const name of ['technique', 'year', 'order'] as const)
    form.querySelector<HTMLSelectElement>(`[name=${name}]`)!.value = choice[name];
}

/** Hides what does not match; says how many are left. */
function filter(items: HTMLElement[], { section, technique, year }: Choice): number {
  for (const item of items) {
    const techniques = item.dataset.techniques?.split('|') ?? [];
    item.hidden =
      (section !== '' && item.dataset.section !== section) ||
      (year !== '' && item.dataset.year !== year) ||
      (technique !== '' && !techniques.includes(technique));
  }
  return items.filter((item) => !item.hidden).length;
}

function sorted(items: HTMLElement[], order: string): HTMLElement[] {
  if (!order) return items;
  const sign = order === 'newest' ? -1 : 1;
  return [...items].sort((a, b) => sign * (Number(a.dataset.year) - Number(b.dataset.year)));
}
