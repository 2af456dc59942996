import type { CellError, CheckResult, ControlSpec, ControlValue, Recording, Shown } from '../../protocol.ts';
import { renderCheck } from '../../render/check.ts';
import { renderControl } from '../../render/control.ts';
import { figureOf, showFrame } from '../draw/figure.ts';
import { createDrawer } from './drawer.ts';
import { type LiveSlot, newFigure, tellDrawn } from './live-slot.ts';
import { freePlace, keepPlace } from './place.ts';

/** The notebook's place on the page: finds its parts and writes into them. Knows nothing of runs. */
export function createView(section: HTMLElement, recording: Recording) {
  const drawn = new Map<string, Shown>();
  const widths = createWidths();
  const drawer = createDrawer(async (id) => {
    const shown = drawn.get(id)!;
    const slots = place(shown);
    const drawings = await Promise.all(slots.map((slot) => drawing(shown, widths.of(slot))));
    return () => {
      for (const [i, slot] of slots.entries()) fill(slot, shown, drawings[i]);
    };
  });
  /** Slots of an output: in its cell, and wherever the page shows it a second time (the finding). */
  const slotsOf = (id: string) =>
    [...document.querySelectorAll<HTMLElement>(`[data-output="${CSS.escape(id)}"]`)].filter(
      (slot) => slot.closest('[data-slug]') === section || slot.closest('.finding'),
    );
  const cellOf = (name: string) => section.querySelector<HTMLElement>(`[data-cell="${CSS.escape(name)}"]`);
  const part = (cell: string, selector: string) => cellOf(cell)?.querySelector<HTMLElement>(selector) ?? null;

  function place(shown: Shown): HTMLElement[] {
    const slots = slotsOf(shown.id);
    const outputs = part(shown.cell, '.outputs');
    // Where only some of a notebook is shown, what it shows is all.
    const compact = section.classList.contains('compact');
    if (slots.some((slot) => section.contains(slot)) || !outputs || compact) return slots;
    const { figure, slot } = newFigure();
    slot.dataset.output = shown.id;
    outputs.append(figure);
    return [...slots, slot];
  }

  function fill(slot: HTMLElement, shown: Shown, drawing: Element): void {
    keepPlace(slot, () => slot.replaceChildren(drawing));
    slot.classList.add('live');
    (slot as LiveSlot).shown = shown;
    tellDrawn(slot);
  }

  /** What cannot be drawn must not keep the run from ending: said in its place. */
  async function drawing(shown: Shown, width: number): Promise<Element> {
    try {
      return await figureOf(shown.output, width);
    } catch (error) {
      const said = document.createElement('p');
      said.className = 'undrawn';
      said.textContent = `${shown.cell}.ts: show('${shown.name}') cannot be drawn. ${(error as Error).message}`;
      return said;
    }
  }

  /** A cell that was built without controls asks for one: it was edited. */
  function newForm(cell: string): HTMLElement | null {
    const outputs = part(cell, '.outputs');
    if (!outputs) return null;
    const form = document.createElement('form');
    form.className = 'controls';
    form.setAttribute('aria-label', `Controls of ${cell}.ts`);
    outputs.before(form);
    return form;
  }

  return {
    /** Draws soon; of several outputs of a name only the last. */
    show(shown: Shown): void {
      drawn.set(shown.id, shown);
      drawer.add(shown.id);
    },
    /** Resolves when all that was shown is drawn. */
    flush: drawer.flush,
    /** The reader moved the slider of a figure, live or recorded. */
    scrub(range: HTMLInputElement): void {
      const slot = range.closest<LiveSlot>('.slot');
      const id = slot?.dataset.output ?? '';
      const shown = slot?.shown ?? drawn.get(id) ?? recording.shown.find((recorded) => recorded.id === id);
      const figure = range.closest('figure');
      if (figure && shown?.output.kind === 'scrub') void showFrame(figure, shown.output, Number(range.value));
    },
    /** The outputs that a cell has on screen, live or recorded. */
    outputsOf(cell: string): Shown[] {
      const ids = new Set(
        [...recording.shown, ...drawn.values()].filter((s) => s.cell === cell).map((s) => s.id),
      );
      return [...ids].flatMap((id) => drawn.get(id) ?? recording.shown.find((s) => s.id === id) ?? []);
    },
    /** Puts something into the row of a check, in place of what was put there before. */
    beneath(check: string, element: Element): void {
      const row = section.querySelector(`.check[data-check="${CSS.escape(check)}"]`);
      row?.querySelector('.compare')?.remove();
      row?.append(element);
      for (const slot of element.querySelectorAll('.slot')) tellDrawn(slot);
    },
    width: (): number => section.clientWidth,
    /** No more states come: figures are as tall as they are. */
    settle(): void {
      for (const slot of document.querySelectorAll<HTMLElement>('.slot.live')) freePlace(slot);
    },
    /** Ids of the outputs that a cell has on screen. */
    shownBy: (cell: string): string[] =>
      [...(cellOf(cell)?.querySelectorAll<HTMLElement>('[data-output]') ?? [])].map(
        (slot) => slot.dataset.output!,
      ),
    /** Takes away outputs that the last run no longer showed. */
    keepOnly(ids: Set<string>): void {
      for (const slot of section.querySelectorAll<HTMLElement>('.outputs [data-output]'))
        if (!ids.has(slot.dataset.output!)) (slot.closest('.figure') ?? slot).remove();
    },
    /** `recorded`: at the settings of the recording, so that its seeds speak of this check too. `edited`: nothing of it does. */
    check(check: CheckResult, { recorded, edited }: { recorded: boolean; edited: boolean }): void {
      const place = recording.checks.findIndex((c) => c.id === check.id);
      const seeds = recording.seeds.map(({ measured, holds }) => ({
        measured: measured[place],
        holds: holds[place],
      }));
      const extra = { broken: recording.broken[place], ...(recorded && { seeds }) };
      const row = renderCheck(check, document, place >= 0 && !edited ? extra : undefined);
      const old = section.querySelector(`[data-check="${CSS.escape(check.id)}"]`);
      // Whoever is at a button of the row by keyboard stays there.
      const at = old?.contains(document.activeElement) ? document.activeElement?.className : '';
      if (old) old.closest('li')!.replaceWith(row);
      else section.querySelector('.checks')?.append(row);
      if (at) row.querySelector<HTMLElement>(`.${CSS.escape(at)}`)?.focus({ preventScroll: true });
    },
    control(spec: ControlSpec, value: ControlValue): void {
      if (section.classList.contains('compact')) return; // shows the controls it was given
      const form = part(spec.cell, '.controls') ?? newForm(spec.cell);
      if (!form || form.querySelector(`[data-key="${CSS.escape(spec.key)}"]`)) return;
      form.append(renderControl(spec, value, document));
    },
    /** Takes away a control that an edit brought and another took back. */
    dropControl(key: string): void {
      section
        .querySelector(`.controls [data-key="${CSS.escape(key)}"]`)
        ?.closest('.control')
        ?.remove();
    },
    error(cell: string, error: CellError | undefined): void {
      const box = part(cell, '.cell-error');
      if (!box) return;
      box.hidden = !error;
      box.textContent = error ? sentenceOf(cell, error) : '';
    },
    busy(cell: string | undefined): void {
      for (const element of section.querySelectorAll<HTMLElement>('[data-cell]'))
        element.classList.toggle('running', element.dataset.cell === cell);
    },
  };
}

/**
 * The width to draw at: the slot's own, within what is readable; hidden slots get the usual. Asked once while the
 * window is as wide: to ask lays out the page, cells out of sight too.
 */
function createWidths() {
  let known = new WeakMap<HTMLElement, number>();
  addEventListener('resize', () => {
    known = new WeakMap();
  });
  return {
    of(slot: HTMLElement): number {
      const width = known.get(slot) || slot.clientWidth;
      known.set(slot, width);
      return Math.min(700, Math.max(320, width || 420));
    },
  };
}

/** What was found, where, what to do. */
export function sentenceOf(cell: string, error: CellError): string {
  const where = error.line ? `${cell}.ts, line ${error.line}: ` : `${cell}.ts: `;
  return `${where}${error.message}${/[.!?]$/.test(error.message) ? '' : '.'}${error.hint ? ` ${error.hint}` : ''}`;
}
