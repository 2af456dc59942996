import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { PALE } from '../../../src/render/plot-color.ts';
import { LETTERS } from '../../../src/render/plot-finish.ts';
import { NEGATIVE, POSITIVE } from '../../../src/render/png.ts';

const styles = (name: string) =>
  readFileSync(new URL(`../../../src/styles/${name}.css`, import.meta.url), 'utf8');
const css = styles('tokens') + styles('output');

type Colour = [number, number, number];

const hex = (text: string): Colour =>
  [1, 3, 5].map((i) => Number.parseInt(text.slice(i, i + 2), 16) / 255) as Colour;

/** Both values of a token, light first. */
function token(name: string): [Colour, Colour] {
  const found = css.match(new RegExp(`--${name}:\\s*light-dark\\((#\\w{6}),\\s*(#\\w{6})\\)`));
  if (!found) throw new Error(`--${name}: no light-dark(#…, #…) in tokens.css or output.css`);
  return [hex(found[1]), hex(found[2])];
}

const linear = (colour: Colour) =>
  colour.map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4)) as Colour;

function luminance(colour: Colour): number {
  const [r, g, b] = linear(colour);
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(a: Colour, b: Colour): number {
  const [dark, light] = [luminance(a), luminance(b)].sort((p, q) => p - q);
  return (light + 0.05) / (dark + 0.05);
}

const times = (matrix: number[][], v: number[]) =>
  matrix.map((row) => row.reduce((sum, m, i) => sum + m * v[i], 0)) as Colour;

// Machado, Oliveira and Fernandes (2009), full severity, on linear RGB.
const SIGHT: Record<string, number[][]> = {
  normal: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  protanopia: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deuteranopia: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
};
const TO_LMS = [
  [0.4122214708, 0.5363325363, 0.0514459929],
  [0.2119034982, 0.6806995451, 0.1073969566],
  [0.0883024619, 0.2817188376, 0.6299787005],
];
const TO_LAB = [
  [0.2104542553, 0.793617785, -0.0040720468],
  [1.9779984951, -2.428592205, 0.4505937099],
  [0.0259040371, 0.7827717662, -0.808675766],
];

function seen(colour: Colour, sight: number[][]): Colour {
  const rgb = times(sight, linear(colour)).map((c) => Math.max(0, c));
  return times(TO_LAB, times(TO_LMS, rgb).map(Math.cbrt));
}

// Back from OKLab, in which the page mixes the ramps.
function labLuminance([l, a, b]: number[]): number {
  const x = (l + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const y = (l - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const z = (l - 0.0894841775 * a - 1.291485548 * b) ** 3;
  const r = 4.0767416621 * x - 3.3077115913 * y + 0.2309699292 * z;
  const g = -1.2684380046 * x + 2.6097574011 * y - 0.3413193965 * z;
  return 0.2126 * r + 0.7152 * g + 0.0722 * (-0.0041960863 * x - 0.7034186147 * y + 1.707614701 * z);
}

const distance = (a: Colour, b: Colour) => Math.hypot(...a.map((c, i) => c - b[i])) * 100;

const series = [1, 2, 3, 4, 5, 6].map((i) => `series-${i}`);
const inks = ['mechanism', 'baseline', 'broken', ...series];

describe.each([
  ['light', 0],
  ['dark', 1],
] as const)('on %s paper', (_, theme) => {
  const paper = token('paper')[theme];

  test.each(inks)('%s stands out at 3:1', (name) => {
    expect(contrast(token(name)[theme], paper)).toBeGreaterThanOrEqual(3);
  });

  test.each(['mechanism', 'broken', 'muted', 'ink'])('%s carries letters at 4.5:1', (name) => {
    expect(contrast(token(name)[theme], paper)).toBeGreaterThanOrEqual(4.5);
  });

  test.each(Object.keys(SIGHT))('any two inks differ under %s', (sight) => {
    const colours = [...inks, 'ink'].map((name) => ({ name, lab: seen(token(name)[theme], SIGHT[sight]) }));
    for (const [i, a] of colours.entries()) {
      for (const b of colours.slice(i + 1))
        expect(distance(a.lab, b.lab), `${a.name}, ${b.name}`).toBeGreaterThan(9);
    }
  });

  test.each(series)('the label of a line in %s carries letters at 4.5:1', (name) => {
    const [ink, text] = [token(name)[theme], token('ink')[theme]].map((c) => seen(c, SIGHT.normal));
    const mixed = ink.map((c, i) => (LETTERS * c + (100 - LETTERS) * text[i]) / 100);
    const [dark, light] = [labLuminance(mixed), luminance(paper)].sort((p, q) => p - q);
    expect((light + 0.05) / (dark + 0.05)).toBeGreaterThanOrEqual(4.5);
  });

  test.each(['mechanism', 'broken'])('text reads on the palest end of a ramp to %s', (name) => {
    const [ink, ground] = [token(name)[theme], paper].map((colour) => seen(colour, SIGHT.normal));
    const mixed = ink.map((c, i) => PALE * c + (1 - PALE) * ground[i]);
    const [dark, light] = [labLuminance(mixed), luminance(token('ink')[theme])].sort((p, q) => p - q);
    expect((light + 0.05) / (dark + 0.05)).toBeGreaterThanOrEqual(4.5);
  });
});

test('the hues of diverging pictures show on both papers', () => {
  for (const [name, rgb] of [
    ['positive', POSITIVE],
    ['negative', NEGATIVE],
  ] as const) {
    const colour = hex(css.match(new RegExp(`--${name}:\\s*(#\\w{6})`))![1]);
    expect(colour.map((c) => Math.round(c * 255))).toEqual(rgb);
    for (const paper of token('paper')) expect(contrast(colour, paper)).toBeGreaterThanOrEqual(3);
  }
});
