import { csvOf } from '../../render/csv.ts';
import { describe } from '../../render/describe.ts';
import { pngOf, type Standalone, standalone } from './drawing.ts';
import { save, saveCsv, saveText } from './save.ts';
import { type Subject, subjectOf } from './subject.ts';
import { hasTable, toggleTable } from './table.ts';

const row = (kind: string, words: string) => `<div role="group" aria-label="${words}"><span>${words}</span>
<button type="button" data-do="copy" data-kind="${kind}" aria-label="Copy ${words}">Copy</button>
${kind === 'words' ? '' : `<button type="button" data-do="save" data-kind="${kind}" aria-label="Save ${words}">Save</button>`}</div>`;

const inside = `<p>Take this figure</p>
${row('svg', 'SVG')}${row('png', 'PNG')}${row('csv', 'its data, CSV')}${row('words', 'its sentence')}
<button type="button" data-do="table" aria-pressed="false">Show it as a table</button>
<p class="take-says" role="status" aria-live="polite"></p>`;

/** The menu: one for the page, moved to the figure that it was asked for. */
let menu: HTMLElement | undefined;
let current: { figure: HTMLElement; slot: HTMLElement } | undefined;

function create(): HTMLElement {
  const element = document.createElement('div');
  element.className = 'take-menu';
  element.popover = 'auto';
  element.setAttribute('role', 'dialog');
  element.setAttribute('aria-label', 'Take this figure');
  element.innerHTML = inside;
  element.addEventListener('click', ({ target }) => {
    const button = (target as Element).closest<HTMLElement>('[data-do]');
    if (button) void act(button.dataset.do!, button.dataset.kind ?? '');
  });
  return element;
}

const say = (words: string) => {
  const place = menu?.querySelector('.take-says');
  if (place) place.textContent = words;
};

/** Beside the button, within the window. */
function place(element: HTMLElement, button: HTMLElement): void {
  const at = button.getBoundingClientRect();
  const width = element.offsetWidth;
  const left = Math.max(8, Math.min(at.right - width, document.documentElement.clientWidth - width - 8));
  const below = at.bottom + 4;
  const top =
    below + element.offsetHeight > innerHeight ? Math.max(8, at.top - element.offsetHeight - 4) : below;
  element.style.left = `${left + scrollX}px`;
  element.style.top = `${top + scrollY}px`;
}

/** Opens the menu at a figure's button. */
export function take(button: HTMLButtonElement): void {
  const figure = button.closest<HTMLElement>('.figure')!;
  const slot = figure.querySelector<HTMLElement>('.slot')!;
  menu ??= create();
  const again = current?.figure === figure && menu.matches(':popover-open');
  if (menu.isConnected && menu.matches(':popover-open')) menu.hidePopover();
  if (again) return;
  current = { figure, slot };
  button.after(menu);
  say('');
  const table = menu.querySelector<HTMLElement>('[data-do=table]')!;
  table.hidden = slot.querySelector('.is-table, .is-text') !== null;
  setPressed(table, hasTable(figure));
  menu.showPopover();
  place(menu, button);
  menu.querySelector<HTMLElement>('button')?.focus();
}

function setPressed(button: HTMLElement, on: boolean): void {
  button.setAttribute('aria-pressed', String(on));
  button.textContent = on ? 'Hide the table' : 'Show it as a table';
}

/** The figure as it is drawn: of two drawings the one that shows. */
const drawnIn = (slot: HTMLElement) =>
  [...slot.querySelectorAll<HTMLElement>('.output')].find((output) => output.checkVisibility());

function drawingOf(slot: HTMLElement, { shown, title }: Subject): Standalone {
  const output = drawnIn(slot);
  if (!output) throw new Error('the figure is not on screen');
  return standalone(output, title, describe(shown.output));
}

const REFUSED = 'The browser refused the clipboard: save the file instead.';

/** A promise goes to the clipboard at once: a browser may take what is made later for a trick. */
function copyPicture(blob: Promise<Blob>): Promise<void> {
  return navigator.clipboard.write([new ClipboardItem({ 'image/png': blob })]);
}

async function copy(kind: string, subject: Promise<Subject>, slot: HTMLElement): Promise<string> {
  const picture = () => subject.then((known) => pngOf(drawingOf(slot, known)));
  try {
    if (kind === 'png') await copyPicture(picture());
    else await navigator.clipboard.writeText(textOf(kind, await subject, slot));
    return 'Copied.';
  } catch (error) {
    return error instanceof Said ? error.message : REFUSED;
  }
}

/** An error whose words are for the reader. */
class Said extends Error {}

function textOf(kind: string, subject: Subject, slot: HTMLElement): string {
  if (kind === 'svg') return drawingOf(slot, subject).text;
  if (kind === 'csv') return csvOf(subject.shown.output);
  const words = describe(subject.shown.output);
  if (!words) throw new Said('This figure is made of words: they are their own sentence.');
  return words;
}

async function saveIt(kind: string, subject: Subject, slot: HTMLElement): Promise<string> {
  const name = `${subject.slug}-${subject.shown.id}`;
  if (kind === 'csv') saveCsv(textOf(kind, subject, slot), name);
  if (kind === 'svg') saveText(textOf(kind, subject, slot), `${name}.svg`, 'image/svg+xml');
  if (kind === 'png') save(await pngOf(drawingOf(slot, subject)), `${name}.png`);
  return `Saved as ${name}.${kind}.`;
}

async function act(what: string, kind: string): Promise<void> {
  if (!current) return;
  const { figure, slot } = current;
  const subject = subjectOf(slot);
  try {
    if (what === 'copy') say(await copy(kind, subject, slot));
    if (what === 'save') say(await saveIt(kind, await subject, slot));
    if (what === 'table') {
      const on = toggleTable(figure, await subject);
      setPressed(menu!.querySelector<HTMLElement>('[data-do=table]')!, on);
      menu!.hidePopover();
      if (on) figure.querySelector<HTMLElement>('.figure-table .scroll')?.focus();
    }
  } catch (error) {
    say(`It could not be taken: ${(error as Error).message}. Reload the page and try again.`);
  }
}
