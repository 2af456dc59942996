import type { ControlSpec, ControlValue } from '../protocol.ts';
import { h } from './dom.ts';
import { formatNumber, formatValue, withMinus } from './format.ts';
import { POSITIONS, toPosition } from './position.ts';

// As many decimals as the step has, so that the figure does not jump in width while the slider moves.
function decimalsOf(step: number | undefined): number | undefined {
  if (step === undefined || !Number.isFinite(step)) return undefined;
  return (String(step).split('.')[1] ?? '').length;
}

/** The value of a control as the page writes it beside the label. */
export function controlText(spec: ControlSpec, value: ControlValue): string {
  if (typeof value !== 'number') return formatValue(value);
  const places = spec.scale === 'log' ? undefined : decimalsOf(spec.step);
  return places === undefined ? formatNumber(value) : withMinus(value.toFixed(places));
}

function rangeLimits(spec: ControlSpec) {
  if (spec.scale === 'log') return { min: 0, max: POSITIONS, step: 1 };
  return { min: spec.min, max: spec.max, step: spec.step ?? 'any' };
}

function slider(spec: ControlSpec, value: number, document: Document): Element[] {
  const input = h(document, 'input', {
    type: 'range',
    'data-key': spec.key,
    'data-scale': spec.scale === 'log' ? 'log' : null,
    ...rangeLimits(spec),
    value: toPosition(value, spec),
    'aria-valuetext': controlText(spec, value),
  });
  return [h(document, 'span', {}, spec.label), h(document, 'output', {}, controlText(spec, value)), input];
}

function select(spec: ControlSpec, value: ControlValue, document: Document): Element[] {
  const options = (spec.options ?? []).map((option) =>
    h(document, 'option', { value: String(option), selected: option === value }, formatValue(option)),
  );
  return [h(document, 'span', {}, spec.label), h(document, 'select', { 'data-key': spec.key }, ...options)];
}

function toggle(spec: ControlSpec, value: ControlValue, document: Document): Element[] {
  const box = h(document, 'input', { type: 'checkbox', 'data-key': spec.key, checked: value === true });
  return [box, h(document, 'span', {}, spec.label)];
}

function seed(spec: ControlSpec, value: ControlValue, document: Document): Element[] {
  const limits = { min: spec.min ?? 0, max: spec.max, step: 1 };
  const input = h(document, 'input', {
    type: 'number',
    inputmode: 'numeric',
    'data-key': spec.key,
    ...limits,
    value: String(value),
  });
  return [h(document, 'span', {}, spec.label), input];
}

function parts(spec: ControlSpec, value: ControlValue, document: Document): Element[] {
  switch (spec.kind) {
    case 'slider':
      return slider(spec, Number(value), document);
    case 'toggle':
      return toggle(spec, value, document);
    case 'seed':
      return seed(spec, value, document);
    default:
      return select(spec, value, document);
  }
}

/**
 * A control with its name. The input carries `data-key`; on a logarithmic slider its position is read with
 * `fromPosition`. The label carries `data-sym`, by which formula, code and control light up together.
 */
export function renderControl(spec: ControlSpec, value: ControlValue, document: Document): HTMLElement {
  return h(
    document,
    'label',
    { class: `control ${spec.kind}`, 'data-sym': spec.key },
    ...parts(spec, value, document),
  );
}
