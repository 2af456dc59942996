import type { ControlSpec, ControlValue } from '../../protocol.ts';
import { controlText } from '../../render/control.ts';
import { fromPosition, toPosition } from '../../render/position.ts';

export type ControlInput = HTMLInputElement | HTMLSelectElement;

/** The value that an input stands at; undefined while it is half typed. */
export function readControl(input: ControlInput, spec: ControlSpec): ControlValue | undefined {
  if (spec.kind === 'toggle') return (input as HTMLInputElement).checked;
  if (spec.kind === 'slider') return fromPosition(Number(input.value), spec);
  if (spec.kind === 'seed') return /^\d+$/.test(input.value) ? Number(input.value) : undefined;
  return spec.options?.find((option) => String(option) === input.value);
}

/** Moves an input to a value, and the words beside it. */
export function writeControl(input: ControlInput, value: ControlValue, spec: ControlSpec): void {
  if (spec.kind === 'toggle') (input as HTMLInputElement).checked = value === true;
  else input.value = spec.kind === 'slider' ? String(toPosition(Number(value), spec)) : String(value);
  writeWords(input, value, spec);
}

/** The words beside a slider, and what a screen reader says of it. */
export function writeWords(input: ControlInput, value: ControlValue, spec: ControlSpec): void {
  if (spec.kind !== 'slider') return;
  const words = controlText(spec, value);
  input.setAttribute('aria-valuetext', words);
  const output = input.closest('label')?.querySelector('output');
  if (output) output.textContent = words;
}
