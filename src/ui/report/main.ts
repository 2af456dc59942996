/** "Report a mistake": a form that writes down what is on screen, to be copied or opened at the repository. */
import { type Facts, issueAddress, reportText } from './text.ts';

const own = new URL((document.currentScript as HTMLScriptElement).src);
const place = document.querySelector<HTMLElement>('[data-report]')!;
const { report: slug, title, version, cells, repository } = place.dataset as Record<string, string>;

const wordsOf = (selector: string, within: ParentNode = document) =>
  within.querySelector(selector)?.textContent?.replaceAll(/\s+/g, ' ').trim() ?? '';

/** Controls that differ from their defaults stand in the address, and nothing else does. */
function settings(): { words: string; seed: string } {
  const asked = [...new URLSearchParams(location.search)].filter(
    ([key]) => !['seed', 'backend', 'software'].includes(key),
  );
  const seed = new URLSearchParams(location.search).get('seed') ?? '0';
  return { words: asked.map(([key, value]) => `${key} = ${value}`).join(', '), seed };
}

async function adapter(): Promise<string> {
  if (!('gpu' in navigator)) return 'none, this browser has no WebGPU';
  const found = await navigator.gpu.requestAdapter().catch(() => null);
  if (!found) return 'none is offered';
  const { vendor, architecture, description, isFallbackAdapter } = found.info;
  const words = [vendor, architecture, description].filter(Boolean).join(' ') || 'unnamed';
  return isFallbackAdapter ? `${words} (software)` : words;
}

const errors = () =>
  [...document.querySelectorAll<HTMLElement>('.cell-error:not([hidden])')].map(
    (error) => error.textContent ?? '',
  );

async function facts(words: string, cell: string): Promise<Facts> {
  const set = settings();
  return {
    words,
    title,
    address: location.protocol === 'file:' ? `papers/${slug}/ (opened from a disk)` : location.href,
    cell,
    settings: set.words,
    seed: set.seed,
    run: wordsOf('.notebook [data-provenance]'),
    backend: document.querySelector<HTMLElement>('.notebook .chip')?.title || 'none has run here',
    adapter: await adapter(),
    checks: [...document.querySelectorAll('.checks > .check')].map((row) => ({
      verdict: wordsOf('.verdict', row),
      claim: wordsOf('.claim', row),
      figures: wordsOf('.figures', row),
    })),
    errors: errors(),
    version,
    release: own.searchParams.get('v') ?? '',
    browser: navigator.userAgent,
  };
}

const form = `<form>
<label>What is wrong?<textarea name="words" rows="4" placeholder="What you saw, and what you expected"></textarea></label>
<label>Where?<select name="cell"><option value="">the page as a whole</option></select></label>
<label>The report<textarea name="text" rows="12" readonly spellcheck="false"></textarea></label>
<p class="acts"><button type="button" data-report-copy>Copy the report</button><a data-report-send target="_blank" rel="noopener" hidden>Open it at the repository</a><button type="button" data-report-close>Close</button></p>
<p class="small" role="status" aria-live="polite"></p>
</form>`;

const key = `report ${slug}`;

/** What a reader has typed is kept until the browser is closed, where it lets a page keep anything. */
function draft(): string {
  try {
    return sessionStorage.getItem(key) ?? '';
  } catch {
    return '';
  }
}

function keep(words: string): boolean {
  try {
    sessionStorage.setItem(key, words);
    return true;
  } catch {
    return false;
  }
}

function open(): void {
  place.insertAdjacentHTML('beforeend', form);
  const button = place.querySelector<HTMLElement>('[data-report-open]')!;
  const one = <T extends Element>(selector: string) => place.querySelector<T>(`form ${selector}`)!;
  const words = one<HTMLTextAreaElement>('[name=words]');
  const cell = one<HTMLSelectElement>('[name=cell]');
  const text = one<HTMLTextAreaElement>('[name=text]');
  const send = one<HTMLAnchorElement>('[data-report-send]');
  const says = one<HTMLElement>('[role=status]');
  cell.append(...cells.split(' ').map((name) => new Option(`${name}.ts`, name)));
  const failed = document
    .querySelector<HTMLElement>('.cell-error:not([hidden])')
    ?.closest<HTMLElement>('[data-cell]');
  if (failed) cell.value = failed.dataset.cell!;
  words.value = draft();
  button.hidden = true;

  let asked = 0;
  async function write(): Promise<void> {
    asked += 1;
    const now = asked;
    const written = reportText(await facts(words.value, cell.value));
    if (now !== asked) return;
    text.value = written;
    if (!repository) return;
    send.hidden = false;
    send.textContent = `Open it at ${new URL(repository).host}`;
    send.href = issueAddress(
      repository,
      `${title}: ${words.value.trim().split('\n')[0].slice(0, 70) || 'a mistake'}`,
      written,
    );
  }

  words.addEventListener('input', () => {
    if (!keep(words.value))
      says.textContent = 'This browser keeps nothing for this page: copy the report before you leave it.';
    void write();
  });
  cell.addEventListener('change', () => void write());
  document.addEventListener('run-end', () => void write());
  one<HTMLElement>('[data-report-copy]').addEventListener('click', async () => {
    await write();
    const done = await (navigator.clipboard?.writeText(text.value) ?? Promise.reject()).then(
      () => true,
      () => false,
    );
    says.textContent = done
      ? 'Copied.'
      : 'The browser refused the clipboard: the report is selected, copy it by hand.';
    if (!done) text.select();
  });
  one<HTMLElement>('[data-report-close]').addEventListener('click', () => {
    place.querySelector('form')?.remove();
    button.hidden = false;
    button.focus();
  });
  place.querySelector('form')!.addEventListener('submit', (event) => event.preventDefault());
  void write();
  words.focus();
}

open();
