import { readFileSync } from 'node:fs';
import { parseHTML } from 'linkedom';
import { expect, test } from 'vitest';
import { highlightCell, inkClasses } from '../../../src/build/highlight.ts';

const styles = readFileSync('src/styles/notebook.css', 'utf8');

const source = [
  "const beta = slider('beta', { label: 'beta' }); // beta",
  'const betas = alphabeta + beta * 2; /* beta */',
  // biome-ignore lint/suspicious/noTemplateCurlyInString: the cell's own template
  'const words = `beta ${beta} beta`;',
].join('\n');

async function drawn(keys: string[]) {
  const html = await highlightCell('experiment', source, keys);
  return parseHTML(`<html><body>${html}</body></html>`).document;
}

test('identifiers equal to a key are marked, strings, comments and longer words are not', async () => {
  const document = await drawn(['beta']);
  const marks = [...document.querySelectorAll('[data-sym]')];
  expect(marks.map((mark) => mark.textContent)).toEqual(['beta', 'beta', 'beta']);
  expect(marks.map((mark) => mark.closest('.line')?.id)).toEqual([
    'experiment-L1',
    'experiment-L2',
    'experiment-L3',
  ]);
});

test('the text shown is the text of the cell', async () => {
  const document = await drawn(['beta']);
  expect(document.querySelector('code')!.textContent).toBe(source);
});

test('without keys nothing is marked', async () => {
  expect((await drawn([])).querySelector('[data-sym]')).toBeNull();
});

const channel = (value: number) => (value <= 0.03928 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4);
function luminance(hex: string): number {
  const [r, g, b] = [1, 3, 5].map((at) => channel(Number.parseInt(hex.slice(at, at + 2), 16) / 255));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}
function contrast(a: string, b: string): number {
  const [low, high] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (high + 0.05) / (low + 0.05);
}

const rich = `import * as tf from '@tensorflow/tfjs';
/** A comment. */
export async function f<T extends object>(x: tf.Tensor, n = 3, ...rest: T[]): Promise<number | null> {
  const regex = /a+b/g, big = { key: 1e-3, [\`t\${n}\`]: true };
  for await (const y of rest) if (!y) throw new Error("no"); else return this?.z ?? await x.data();
  class A extends B { static readonly q = super.q; }
}`;

test.each([
  ['light', '#fdfcf9'],
  ['dark', '#131417'],
])('every colour of the %s theme is readable on the paper', async (theme, paper) => {
  const html = await highlightCell('x', rich, []);
  const used = new Set([...html.matchAll(/<span class="(t\w)"/g)].map((m) => m[1]));
  expect(used.size).toBeGreaterThan(4);
  for (const name of ['pre.shiki', ...[...used].map((used) => `.${used}`)]) {
    const colour = new RegExp(`^${name} {[^}]*--shiki-${theme}: (#\\w{6});`, 'm').exec(styles)?.[1];
    expect(colour, `${name} in notebook.css`).toBeDefined();
    expect(contrast(colour!, paper), `${name} ${colour}`).toBeGreaterThanOrEqual(4.5);
  }
});

test('the classes have the colours of the light theme', () => {
  for (const [colour, name] of Object.entries(inkClasses)) {
    const rule = name ? `.${name}` : 'pre.shiki';
    expect(styles).toContain(`${rule} {\n  --shiki-light: ${colour.toLowerCase()};`);
  }
});
