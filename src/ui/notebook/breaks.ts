import type { Settings, Shown } from '../../protocol.ts';
import { settingInWords } from '../../render/check.ts';

/** A check that a reader broke: its id, the settings that do it, and the outputs of its cell from before. */
export interface Broken {
  check: string;
  settings: Settings;
  outputs: Shown[];
}

/** "Break it" sets what breaks the check; "Mend it", on every row that fails by it, puts everything back. */
export function createBreaks(
  section: HTMLElement,
  now: () => Settings,
  set: (settings: Settings) => void,
  outputsOf: (check: string) => Shown[],
) {
  let before: Settings = {};
  let broken = '';
  let on: Broken | undefined;

  const fails = (button: HTMLElement) => button.closest('.check')?.classList.contains('fails') ?? false;

  /** Rows are drawn anew by every run: what their buttons say follows from here. */
  function mark(): void {
    for (const button of section.querySelectorAll<HTMLElement>('.check button[data-breaks]')) {
      const own = broken !== '' && button.dataset.breaks === broken;
      const isOn = own || (broken !== '' && fails(button));
      button.textContent = isOn ? 'Mend it' : 'Break it';
      button.setAttribute('aria-pressed', String(isOn));
    }
    const note = section.querySelector<HTMLElement>('.broken-note');
    if (!note) return;
    note.hidden = broken === '';
    note.querySelector('span')!.textContent = broken
      ? `Broken on purpose: ${settingInWords(JSON.parse(broken))}.`
      : '';
  }

  function mend(): void {
    const note = section.querySelector('.broken-note');
    // The button that was pressed goes; its reader is led to the one that broke the check.
    if (on && note?.contains(document.activeElement))
      section
        .querySelector<HTMLElement>(`.check button[data-check="${CSS.escape(on.check)}"]`)
        ?.focus({ preventScroll: true });
    broken = '';
    on = undefined;
    mark();
    set(before);
  }

  return {
    mark,
    mend,
    /** What is broken on purpose now. */
    current: () => on,
    /** A reader pressed the button of a check that these settings break. */
    toggle(button: HTMLElement): void {
      if (button.getAttribute('aria-pressed') === 'true') {
        mend();
        return;
      }
      const check = button.dataset.check!;
      if (!broken) before = now();
      broken = button.dataset.breaks!;
      on = { check, settings: JSON.parse(broken), outputs: outputsOf(check) };
      mark();
      set(on.settings);
    },
    /** The settings changed in another way: nothing is broken on purpose any more. */
    forget(): void {
      broken = '';
      on = undefined;
      mark();
    },
  };
}
