import type { Settings } from '../../protocol.ts';
import { settingInWords } from '../../render/index.ts';

/** "Break it" sets what breaks the check; "Mend it", on every row that fails by it, puts everything back. */
export function createBreaks(section: HTMLElement, now: () => Settings, set: (settings: Settings) => void) {
  let before: Settings = {};
  let broken = '';

  const fails = (button: HTMLElement) => button.closest('.check')?.classList.contains('fails') ?? false;

  /** Rows are drawn anew by every run: what their buttons say follows from here. */
  function mark(): void {
    for (const button of section.querySelectorAll<HTMLElement>('.check button[data-breaks]')) {
      const own = broken !== '' && button.dataset.breaks === broken;
      const on = own || (broken !== '' && fails(button));
      button.textContent = on ? 'Mend it' : 'Break it';
      button.setAttribute('aria-pressed', String(on));
    }
    const note = section.querySelector<HTMLElement>('.broken-note');
    if (!note) return;
    note.hidden = broken === '';
    note.querySelector('span')!.textContent = broken
      ? `Broken on purpose: ${settingInWords(JSON.parse(broken))}.`
      : '';
  }

  function mend(): void {
    broken = '';
    mark();
    set(before);
  }

  return {
    mark,
    mend,
    /** A reader pressed the button of a check that these settings break. */
    toggle(button: HTMLElement): void {
      if (button.getAttribute('aria-pressed') === 'true') {
        mend();
        return;
      }
      if (!broken) before = now();
      broken = button.dataset.breaks!;
      mark();
      set(JSON.parse(broken));
    },
    /** The settings changed in another way: nothing is broken on purpose any more. */
    forget(): void {
      broken = '';
      mark();
    },
  };
}
