/** What the tests do in a page. Each function is sent to the browser as text: it may use nothing from outside itself. */

export interface Ran {
  outcome: string;
  words: string;
  /** Checks by id: what was measured as the page writes it, and whether it holds. */
  checks: Record<string, { measured: string; holds: boolean }>;
  errors: string[];
  backend: string;
}

/** Presses `selector`, waits for the run's end, and tells what the page then says. */
export async function pressAndRead(selector: string): Promise<Ran> {
  const section = document.querySelector<HTMLElement>('.notebook[data-slug]')!;
  delete section.dataset.outcome;
  document.querySelector<HTMLElement>(selector)!.click();
  const began = performance.now();
  while (!section.dataset.outcome || section.dataset.outcome === 'unlike') {
    if (performance.now() - began > 150_000)
      throw new Error(`no end of the run: ${section.innerText.slice(0, 300)}`);
    await new Promise((done) => setTimeout(done, 100));
  }
  const checks: Ran['checks'] = {};
  for (const row of document.querySelectorAll<HTMLElement>('.checks > .check'))
    checks[row.dataset.check!] = {
      measured: row.querySelector('.figures b')?.textContent ?? '',
      holds: row.classList.contains('holds'),
    };
  return {
    outcome: section.dataset.outcome,
    words: document.querySelector('[data-provenance]')?.textContent ?? '',
    checks,
    errors: [...document.querySelectorAll('.cell-error:not([hidden])')].map((e) => e.textContent ?? ''),
    backend: section.dataset.backend ?? '',
  };
}

/** The checks as the page has them before anything ran: recorded. */
export function recordedChecks(): Ran['checks'] {
  const rows = [...document.querySelectorAll<HTMLElement>('.checks > .check')];
  return Object.fromEntries(
    rows.map((row) => [
      row.dataset.check!,
      {
        measured: row.querySelector('.figures b')?.textContent ?? '',
        holds: row.classList.contains('holds'),
      },
    ]),
  );
}

/** What every page must be, in words; empty when it is. */
export async function faultsOfPage(): Promise<string[]> {
  await document.fonts.ready;
  const formulas = document.querySelectorAll('.katex').length;
  const letters = [...document.fonts].filter(({ status }) => status === 'error').map(({ family }) => family);
  const images = [...document.images].filter((image) => image.complete && image.naturalWidth === 0);
  return [
    ...(document.title.trim() ? [] : ['no title']),
    ...(document.querySelector('h1') ? [] : ['no heading']),
    ...(document.documentElement.scrollWidth > innerWidth + 1
      ? [`wider than its window: ${document.documentElement.scrollWidth} px`]
      : []),
    ...(formulas && document.querySelectorAll('math').length < formulas ? ['formulas without MathML'] : []),
    ...letters.map((family) => `the letters of ${family} did not load`),
    ...images.map((image) => `no picture at ${image.src}`),
  ];
}

/** Moves a control as a hand does. */
export function move(key: string, value: string): void {
  const input = document.querySelector<HTMLInputElement>(`[data-key="${key}"]`)!;
  input.value = value;
  input.dispatchEvent(new Event('input', { bubbles: true }));
  input.dispatchEvent(new Event('change', { bubbles: true }));
}

/** Waits until `selector` is on screen `count` times at least, then gives the texts. */
export async function waitFor(selector: string, count = 1, patience = 30_000): Promise<string[]> {
  const began = performance.now();
  for (;;) {
    const found = [...document.querySelectorAll<HTMLElement>(selector)].filter((e) => e.checkVisibility());
    if (found.length >= count) return found.map((e) => e.innerText);
    if (performance.now() - began > patience)
      throw new Error(`${selector}: found ${found.length}, expected ${count}`);
    await new Promise((done) => setTimeout(done, 100));
  }
}

/** Opens a cell for editing, with the cursor before its text. The editor lies in a shadow of its own. */
export async function openCell(name: string): Promise<void> {
  const cell = document.querySelector<HTMLElement>(`[data-cell="${name}"]`)!;
  cell.querySelector<HTMLElement>('[data-edit]')!.click();
  for (let i = 0; i < 300; i += 1) {
    const content = cell.querySelector('.code-field')?.shadowRoot?.querySelector<HTMLElement>('.cm-content');
    if (content) return content.focus();
    await new Promise((done) => setTimeout(done, 100));
  }
  throw new Error(`${name}.ts did not open`);
}

/** Presses a button that hands a file over, and keeps the file here instead: its name, its size, its first letters. */
export async function handedOver(button: string): Promise<{ name: string; size: number; begins: string }> {
  const click = HTMLAnchorElement.prototype.click;
  const link = await new Promise<HTMLAnchorElement>((done, fail) => {
    HTMLAnchorElement.prototype.click = function () {
      done(this);
    };
    setTimeout(() => fail(new Error(`${button} gave nothing`)), 60_000);
    document.querySelector<HTMLElement>(button)!.click();
  }).finally(() => {
    HTMLAnchorElement.prototype.click = click;
  });
  const bytes = new Uint8Array(await (await fetch(link.href)).arrayBuffer());
  return {
    name: link.download,
    size: bytes.length,
    begins: String.fromCharCode(...bytes.subarray(0, 40)),
  };
}

/** The colours of page and text. */
export function colours(): string[] {
  const { backgroundColor, color } = getComputedStyle(document.body);
  return [backgroundColor, color];
}
