import type { Settings } from '../../protocol.ts';

/** "Break it" sets what breaks the check; pressed again, everything goes back to where it was. */
export function createBreaks(section: HTMLElement, now: () => Settings, set: (settings: Settings) => void) {
  let before: Settings = {};
  let broken = '';

  /** Rows are drawn anew by every run: what their buttons say follows from here. */
  function mark(): void {
    for (const button of section.querySelectorAll<HTMLElement>('button[data-breaks]')) {
      const on = broken !== '' && button.dataset.breaks === broken;
      button.textContent = on ? 'Mend it' : 'Break it';
      button.setAttribute('aria-pressed', String(on));
    }
  }

  return {
    mark,
    /** A reader pressed the button of a check that these settings break. */
    toggle(breaks: string): void {
      const mending = broken === breaks;
      if (!broken) before = now();
      broken = mending ? '' : breaks;
      mark();
      set(mending ? before : JSON.parse(breaks));
    },
    /** The settings changed in another way: nothing is broken on purpose any more. */
    forget(): void {
      broken = '';
      mark();
    },
  };
}
