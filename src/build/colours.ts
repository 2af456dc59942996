/** Colours of the light theme as a program without stylesheets reads them: variables and mixtures worked out. */
import { readFileSync } from 'node:fs';

type Rgb = [number, number, number];

const sheets = ['src/styles/tokens.css', 'src/styles/output.css'];
const VARIABLE = /--([\w-]+):\s*(?:light-dark\((#[0-9a-f]{6}),[^)]*\)|(#[0-9a-f]{6}));/g;

/** The site's variables for colours, light: "paper" → "#fdfcf9". */
export function lightTokens(): Map<string, string> {
  const css = sheets.map((sheet) => readFileSync(sheet, 'utf8')).join('\n');
  return new Map([...css.matchAll(VARIABLE)].map(([, name, themed, plain]) => [name, themed ?? plain]));
}

const rgbOf = (hex: string): Rgb =>
  [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16) / 255) as Rgb;
const hexOf = (rgb: Rgb) =>
  `#${rgb
    .map((value) =>
      Math.round(255 * Math.min(1, Math.max(0, value)))
        .toString(16)
        .padStart(2, '0'),
    )
    .join('')}`;

const linear = (value: number) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4);
const gamma = (value: number) => (value <= 0.0031308 ? 12.92 * value : 1.055 * value ** (1 / 2.4) - 0.055);
const times = (matrix: number[][], v: number[]): Rgb =>
  matrix.map((row) => row.reduce((sum, value, i) => sum + value * v[i], 0)) as Rgb;

// Björn Ottosson's matrices.
const LMS = [
  [0.4122214708, 0.5363325363, 0.0514459929],
  [0.2119034982, 0.6806995451, 0.1073969566],
  [0.0883024619, 0.2817188376, 0.6299787005],
];
const LAB = [
  [0.2104542553, 0.793617785, -0.0040720468],
  [1.9779984951, -2.428592205, 0.4505937099],
  [0.0259040371, 0.7827717662, -0.808675766],
];
const FROM_LAB = [
  [1, 0.3963377774, 0.2158037573],
  [1, -0.1055613458, -0.0638541728],
  [1, -0.0894841775, -1.291485548],
];
const FROM_LMS = [
  [4.0767416621, -3.3077115913, 0.2309699292],
  [-1.2684380046, 2.6097574011, -0.3413193965],
  [-0.0041960863, -0.7034186147, 1.707614701],
];
const toOklab = (rgb: Rgb) => times(LAB, times(LMS, rgb.map(linear)).map(Math.cbrt));
const fromOklab = (lab: Rgb) =>
  times(
    FROM_LMS,
    times(FROM_LAB, lab).map((value) => value ** 3),
  ).map(gamma) as Rgb;

/** What CSS's `color-mix(in space, a share%, b)` gives. */
export function mixed(space: 'oklab' | 'srgb', a: string, share: number, b: string): string {
  const [from, to] = [rgbOf(a), rgbOf(b)].map((rgb) => (space === 'oklab' ? toOklab(rgb) : rgb));
  const between = from.map((value, i) => value * share + to[i] * (1 - share)) as Rgb;
  return hexOf(space === 'oklab' ? fromOklab(between) : between);
}

const MIX = /color-mix\(in (oklab|srgb),\s*(#[0-9a-f]{6}) ([\d.]+)%,\s*(#[0-9a-f]{6})\)/g;

/** A drawing with every colour in plain words. */
export function plainColours(svg: string, tokens = lightTokens()): string {
  let text = svg
    .replaceAll(/var\(--([\w-]+)\)/g, (whole, name) => tokens.get(name) ?? whole)
    .replaceAll('currentColor', tokens.get('ink')!);
  // Mixtures of mixtures: the inner ones first.
  for (let before = ''; before !== text; ) {
    before = text;
    text = text.replaceAll(MIX, (_, space, a, share, b) => mixed(space, a, Number(share) / 100, b));
  }
  return text;
}
