import type { ControlSpec, ControlValue, Settings } from '../../protocol.ts';
import type { ControlInput } from './control-value.ts';
import { readControl, writeControl, writeWords } from './control-value.ts';

const seed: ControlSpec = { key: 'seed', kind: 'seed', cell: '', label: 'seed', value: 0, min: 0 };

/**
 * The controls of a notebook, found anew each time: a run may add some.
 */
export function bindControls(
  section: HTMLElement,
  specs: Map<string, ControlSpec>,
  changed: (key: string, value: ControlValue) => void,
) {
  const inputs = () => [...section.querySelectorAll<ControlInput>('[data-key]')];
  const specOf = (input: ControlInput) =>
    specs.get(input.dataset.key!) ?? (input.dataset.key === 'seed' ? seed : undefined);

  return {
    /** A reader moved an input. */
    moved(input: ControlInput): void {
      const spec = specOf(input);
      const value = spec && readControl(input, spec);
      if (spec === undefined || value === undefined) return;
      writeWords(input, value, spec);
      changed(spec.key, value);
    },
    /** What a reader has set before the notebook was there to hear of it. */
    touched(): Settings {
      const known = inputs().filter((input) => 'touched' in input.dataset && specOf(input));
      return Object.fromEntries(
        known.flatMap((input) => {
          const value = readControl(input, specOf(input)!);
          return value === undefined ? [] : [[input.dataset.key!, value]];
        }),
      );
    },
    /** Shows these settings in the controls; what they do not name, at its default. */
    write(settings: Settings): void {
      for (const input of inputs()) {
        const spec = specOf(input);
        if (spec) writeControl(input, settings[spec.key] ?? spec.value, spec);
      }
    },
  };
}
