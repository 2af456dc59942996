/** Colours by the name of their variable: `{ ink: '#1c1d20' }`. A file of its own has no stylesheet to ask. */
export type Colours = Record<string, string>;

type Triple = [number, number, number];

const linear = (byte: number) => (byte <= 10.31475 ? byte / 3294.6 : ((byte / 255 + 0.055) / 1.055) ** 2.4);
const byte = (light: number) =>
  Math.round(
    255 * Math.min(1, Math.max(0, light <= 0.0031308 ? 12.92 * light : 1.055 * light ** (1 / 2.4) - 0.055)),
  );

const bytesOf = (hex: string): Triple =>
  [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16)) as Triple;
const hexOf = (bytes: number[]) => `#${bytes.map((one) => one.toString(16).padStart(2, '0')).join('')}`;

const times = (rows: number[][], v: number[]) =>
  rows.map((row) => row.reduce((sum, n, i) => sum + n * v[i], 0));

// Björn Ottosson's OKLab, as CSS has it.
const toLms = [
  [0.4122214708, 0.5363325363, 0.0514459929],
  [0.2119034982, 0.6806995451, 0.1073969566],
  [0.0883024619, 0.2817188376, 0.6299787005],
];
const toLab = [
  [0.2104542553, 0.793617785, -0.0040720468],
  [1.9779984951, -2.428592205, 0.4505937099],
  [0.0259040371, 0.7827717662, -0.808675766],
];
const fromLab = [
  [1, 0.3963377774, 0.2158037573],
  [1, -0.1055613458, -0.0638541728],
  [1, -0.0894841775, -1.291485548],
];
const fromLms = [
  [4.0767416621, -3.3077115913, 0.2309699292],
  [-1.2684380046, 2.6097574011, -0.3413193965],
  [-0.0041960863, -0.7034186147, 1.707614701],
];

const spaces: Record<string, { to(hex: string): number[]; from(v: number[]): string }> = {
  srgb: { to: bytesOf, from: (v) => hexOf(v.map(Math.round)) },
  oklab: {
    to: (hex) => times(toLab, times(toLms, bytesOf(hex).map(linear)).map(Math.cbrt)),
    from: (v) =>
      hexOf(
        times(
          fromLms,
          times(fromLab, v).map((n) => n ** 3),
        ).map(byte),
      ),
  },
};

/** `share` of the first colour, the rest of the second. */
function mixed(space: string, first: string, share: number, second: string): string {
  const { to, from } = spaces[space];
  const [a, b] = [to(first), to(second)];
  return from(a.map((n, i) => share * n + (1 - share) * b[i]));
}

const MIX = /color-mix\(in (srgb|oklab),\s*(#[0-9a-f]{6}) ([\d.]+)%,\s*(#[0-9a-f]{6})\)/g;

/** A text of SVG with every `var(--ink)` and every mixture of two colours as a plain colour: all programs read that. */
export function withColours(text: string, colours: Colours): string {
  const plain = text.replace(/var\(--([\w-]+)\)/g, (whole, name) => colours[name] ?? whole);
  const mix = (_: string, space: string, first: string, share: string, second: string) =>
    mixed(space, first, Number(share) / 100, second);
  return plain.replace(MIX, mix);
}
