import type { ControlSpec, ControlValue, Settings } from '../../protocol.ts';
import { readControl, writeControl } from '../../render/index.ts';

/**
 * The controls of a notebook, wherever they stand in it. Listens at the section, so that controls which a later
 * run adds are heard as well.
 */
export function bindControls(section: HTMLElement, changed: (key: string, value: ControlValue) => void) {
  const holders = () => [
    section,
    ...document.querySelectorAll<HTMLElement>(`[data-controls-of="${section.dataset.slug}"]`),
  ];
  const inputs = () =>
    holders().flatMap((holder) => [
      ...holder.querySelectorAll<HTMLInputElement | HTMLSelectElement>('[data-key]'),
    ]);

  function listen(event: Event): void {
    const input = (event.target as Element).closest<HTMLInputElement | HTMLSelectElement>('[data-key]');
    if (!input) return;
    const value = readControl(input);
    if (value !== undefined) changed(input.dataset.key!, value);
  }
  for (const holder of holders()) {
    holder.addEventListener('input', listen);
    holder.addEventListener('submit', (event) => event.preventDefault());
  }

  return {
    /** Shows these settings in the controls; what they do not name, at its default. */
    write(controls: Map<string, ControlSpec>, settings: Settings): void {
      for (const input of inputs()) {
        const spec = controls.get(input.dataset.key!);
        const value =
          settings[input.dataset.key!] ?? spec?.value ?? (input.dataset.key === 'seed' ? 0 : undefined);
        if (value !== undefined) writeControl(input, value);
      }
    },
    /** "Break it" sets what breaks the check; pressed again, everything goes back. */
    breaks(set: (settings: Settings) => void, restore: () => void): void {
      section.addEventListener('click', (event) => {
        const button = (event.target as Element).closest<HTMLElement>('button[data-breaks]');
        if (!button) return;
        const broken = section.dataset.broken === button.dataset.breaks;
        section.dataset.broken = broken ? '' : button.dataset.breaks;
        if (broken) restore();
        else set(JSON.parse(button.dataset.breaks!));
      });
    },
  };
}
