import { describe, expect, test } from 'vitest';
import type { ControlSpec } from '../../../src/protocol.ts';
import { fromPosition, renderControl, toPosition } from '../../../src/render/index.ts';
import { newDocument } from './page.ts';

const document = newDocument();
const spec = (changes: Partial<ControlSpec>): ControlSpec => ({
  key: 'beta',
  kind: 'slider',
  cell: 'experiment',
  label: 'inverse temperature β',
  value: 0.5,
  min: 0.05,
  max: 1,
  ...changes,
});

describe('positions', () => {
  const log = { min: 1e-4, max: 10, scale: 'log' as const };

  test('the ends are exact, the middle is the geometric mean', () => {
    expect([toPosition(1e-4, log), toPosition(10, log)]).toEqual([0, 200]);
    expect([fromPosition(0, log), fromPosition(200, log)]).toEqual([1e-4, 10]);
    expect(fromPosition(100, log)).toBeCloseTo(Math.sqrt(1e-4 * 10), 3);
  });

  test('every position comes back to itself', () => {
    for (let position = 0; position <= 200; position++)
      expect(toPosition(fromPosition(position, log), log)).toBe(position);
  });

  test('a step on a logarithmic scale is kept', () => {
    const whole = { min: 1, max: 1000, step: 1, scale: 'log' as const };
    for (let position = 0; position <= 200; position++)
      expect(Number.isInteger(fromPosition(position, whole))).toBe(true);
  });

  test('a linear position is the value', () => {
    expect([toPosition(0.3, { min: 0, max: 1 }), fromPosition(0.3, { min: 0, max: 1 })]).toEqual([0.3, 0.3]);
  });
});

describe('markup', () => {
  test('every kind has its label, its key and its symbol', () => {
    for (const kind of ['slider', 'select', 'toggle', 'variant', 'seed'] as const) {
      const label = renderControl(
        spec({ kind, options: ['a', 'b'] }),
        kind === 'toggle' ? true : 1,
        document,
      );
      expect(label.localName).toBe('label');
      expect(label.getAttribute('data-sym')).toBe('beta');
      expect(label.querySelectorAll('[data-key="beta"]')).toHaveLength(1);
      expect(label.textContent).toContain('inverse temperature β');
    }
  });

  test('the figure of a slider has the decimals of its step', () => {
    const text = (step: number | undefined, value: number) =>
      renderControl(spec({ step }), value, document).querySelector('output')!.textContent;
    expect([text(0.05, 0.5), text(1, 3), text(undefined, 0.5)]).toEqual(['0.50', '3', '0.5']);
  });

  test('a logarithmic slider is marked and stands at its position', () => {
    const input = renderControl(spec({ scale: 'log', min: 0.01, max: 1 }), 0.1, document).querySelector(
      'input',
    )!;
    expect([
      input.getAttribute('data-scale'),
      input.getAttribute('value'),
      input.getAttribute('max'),
    ]).toEqual(['log', '100', '200']);
    expect(input.getAttribute('aria-valuetext')).toBe('0.1');
  });

  test('the value chosen is selected', () => {
    const label = renderControl(
      spec({ kind: 'variant', options: ['modern', 'classical'] }),
      'classical',
      document,
    );
    expect([...label.querySelectorAll('option[selected]')].map((option) => option.textContent)).toEqual([
      'classical',
    ]);
    expect(renderControl(spec({ kind: 'toggle' }), false, document).querySelector('[checked]')).toBeNull();
  });
});
