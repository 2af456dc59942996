import type { ControlValue } from '../protocol.ts';
import type { Host } from './host.ts';
import { LabError } from './host.ts';

export interface SliderOptions {
  /** Words beside the slider; the key when absent. */
  label?: string;
  min: number;
  max: number;
  /** The default, and what recordings are made with. */
  value: number;
  /** Distance between two values; continuous when absent. */
  step?: number;
  scale?: 'linear' | 'log';
}

export interface SelectOptions<T extends string | number> {
  label?: string;
  options: readonly T[];
  /** The first option when absent. */
  value?: T;
}

export interface ToggleOptions {
  label?: string;
  value?: boolean;
}

/** The controls of a cell: each call declares one and returns its current value. */
export const createControls = (host: Host) => ({
  /** A number between `min` and `max`. @throws when the range is empty or the default lies outside it. */
  slider(key: string, options: SliderOptions): number {
    const { label = key, min, max, value, step, scale = 'linear' } = options;
    if (!(min < max) || value < min || value > max) {
      throw new LabError(
        `slider('${key}'): value ${value} is not within min ${min} and max ${max}`,
        'Give min below max, and a value between the two.',
      );
    }
    if (scale === 'log' && min <= 0) {
      throw new LabError(
        `slider('${key}'): a log scale needs min above 0, found ${min}`,
        "Raise min, or leave out scale: 'log'.",
      );
    }
    return host.control({ key, kind: 'slider', label, min, max, value, step, scale }) as number;
  },

  /** One of several words or numbers. */
  select<T extends string | number>(key: string, options: SelectOptions<T>): T {
    const { label = key, value = options.options[0] } = options;
    if (!options.options.includes(value)) {
      throw new LabError(
        `select('${key}'): the default '${value}' is not among ${options.options.join(', ')}`,
        'Give one of these as value, or leave it out for the first.',
      );
    }
    return host.control({
      key,
      kind: 'select',
      label,
      value,
      options: [...options.options] as ControlValue[],
    }) as T;
  },

  /** Yes or no. */
  toggle(key: string, options: ToggleOptions = {}): boolean {
    const { label = key, value = false } = options;
    return host.control({ key, kind: 'toggle', label, value }) as boolean;
  },

  /**
   * One of several functions of the same signature, chosen by name. The first is the paper's,
   * the others are what it replaces or what is left when the mechanism is taken out.
   */
  variant<T>(key: string, functions: Record<string, T>, options: { label?: string } = {}): T {
    const names = Object.keys(functions);
    if (names.length < 2)
      throw new LabError(
        `variant('${key}'): found ${names.length} function, expected two or more`,
        "Name the paper's first, then what it replaces.",
      );
    const chosen = host.control({
      key,
      kind: 'variant',
      label: options.label ?? key,
      value: names[0],
      options: names,
    });
    return functions[chosen as string];
  },
});
