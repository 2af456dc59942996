import type { Settings } from '../../protocol.ts';

/** "Break it" sets what breaks the check; pressed again, everything goes back to where it was. */
export function bindBreaks(section: HTMLElement, now: () => Settings, set: (settings: Settings) => void): void {
  let before: Settings | undefined;
  let broken = '';
  section.addEventListener('click', (event) => {
    const button = (event.target as Element).closest<HTMLElement>('button[data-breaks]');
    if (!button) return;
    const wanted = button.dataset.breaks!;
    if (broken === wanted) {
      broken = '';
      set(before ?? {});
    } else {
      if (!broken) before = now();
      broken = wanted;
      set(JSON.parse(wanted));
    }
    mark(section, broken);
  });
}

/** Rows are drawn anew by every run: what their buttons say follows from the section. */
export function mark(section: HTMLElement, broken = section.dataset.broken ?? ''): void {
  section.dataset.broken = broken;
  for (const button of section.querySelectorAll<HTMLElement>('button[data-breaks]')) {
    const on = broken !== '' && button.dataset.breaks === broken;
    button.textContent = on ? 'Mend it' : 'Break it';
    button.setAttribute('aria-pressed', String(on));
  }
}
