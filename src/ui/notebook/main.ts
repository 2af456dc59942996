/**
 * The live notebook, loaded when a reader comes near Run or a control. It listens at the document: acts that come
 * while a notebook is being fetched wait for it.
 */
import type { ControlInput } from './control-value.ts';
import type { Live } from './notebook.ts';
import { attach } from './notebook.ts';

const attached = new Map<HTMLElement, Promise<Live>>();

/** The notebook an element belongs to: the one around it, else the page's first. */
function sectionOf(element: Element): HTMLElement | null {
  return (
    element.closest<HTMLElement>('.notebook[data-slug]') ??
    document.querySelector<HTMLElement>('.notebook[data-slug]')
  );
}

function withLive(element: Element, act: (live: Live) => void): void {
  const section = sectionOf(element);
  if (!section) return;
  const live = attached.get(section) ?? attach(section);
  attached.set(section, live);
  live.then(act).catch((error: Error) => {
    attached.delete(section);
    const words = section.querySelector('[data-provenance]');
    if (words) words.textContent = `The notebook cannot run: ${error.message}. Press Run to try again.`;
  });
}

const target = (event: Event, selector: string) =>
  event.target instanceof Element ? event.target.closest<HTMLElement>(selector) : null;

document.addEventListener('click', (event) => {
  const run = target(event, '[data-run]');
  const stop = target(event, '[data-stop]');
  const link = target(event, 'a[data-set]');
  const breaks = target(event, 'button[data-breaks]');
  if (run) withLive(run, (live) => live.run(true));
  if (stop) withLive(stop, (live) => live.stop());
  if (breaks) withLive(breaks, (live) => live.breakIt(breaks));
  const edit = target(event, '[data-edit]');
  if (edit) withLive(edit, (live) => live.edit(edit.dataset.edit!));
  const share = target(event, '[data-share]');
  if (share) withLive(share, (live) => live.share());
  const sweep = target(event, '[data-sweep]');
  if (sweep) withLive(sweep, (live) => live.sweep(sweep.dataset.sweep || undefined));
  const mend = target(event, '[data-mend]');
  if (mend) withLive(mend, (live) => live.mend());
  const instead = target(event, '[data-instead]');
  if (instead) withLive(instead, (live) => live.use(instead.dataset.instead!));
  if (!link) return;
  event.preventDefault();
  withLive(link, (live) => live.set(JSON.parse(link.dataset.set!)));
  placeOf(link).scrollIntoView({ block: 'start' });
});

/** Where a Try link shows: the figures of the cell whose check it speaks of, else of the cell that has its control. */
function placeOf(link: HTMLElement): Element {
  const cellWith = (selector: string) => document.querySelector(selector)?.closest('.cell');
  const [key] = Object.keys(JSON.parse(link.dataset.set!));
  const named = link.dataset.shows && document.getElementById(link.dataset.shows);
  const cell = named || cellWith(`.controls [data-key="${CSS.escape(key)}"]`);
  return cell?.querySelector('.side') ?? document.querySelector('#notebook')!;
}

document.addEventListener('input', (event) => {
  const input = target(event, '[data-key]') as ControlInput | null;
  if (input) input.dataset.touched = '';
  if (input && sectionOf(input)?.contains(input)) withLive(input, (live) => live.moved(input));
});
document.addEventListener('change', (event) => {
  const backend = target(event, '[data-runs-on]') as HTMLSelectElement | null;
  if (backend) withLive(backend, (live) => live.use(backend.value));
});
document.addEventListener('input', (event) => {
  const range = target(event, '[data-scrub]') as HTMLInputElement | null;
  if (range) withLive(range, (live) => live.scrub(range));
});
for (const type of ['pointerover', 'focusin']) {
  document.addEventListener(type, (event) => {
    const near = target(event, '[data-run], .controls');
    // A sweep runs on kernels of its own.
    if (near && !near.closest('.probe')) withLive(near, (live) => live.warm());
  });
}

// An address that sets something is shown in the controls at once, and runs on a click.
for (const section of document.querySelectorAll('.notebook[data-slug]')) withLive(section, () => {});
