const fonts = 'node_modules/katex/dist/fonts';

/** Letters most formulas are made of; a browser fetches the other part of a face only for a page that needs it. */
const main = [
  ...Array.from({ length: 95 }, (_, i) => String.fromCharCode(32 + i)),
  ...'\u00a0\u200b\u2061\ue020·±×…⋯−∗←→⇒↦∈∉∥∣≤≥≈≠≡∼≃⊥∫∧∨¬∞∂∇⊤⟨⟩⋅ℓ∝′∑∏√∘⊙⊕⊗∀∃∩∪⊂⊆≪≫∅ˆ˜¯ˉ˙˘ˇΓΔΘΛΞΠΣΥΦΨΩ',
].join('');
const blackboard = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';
/** Delimiters, sums and roots in the sizes that most formulas need. */
const tall = '()[]{}⟨⟩⌊⌋⌈⌉|∣∥/√∑∏∫';
const stacked = `${tall}⎛⎜⎝⎞⎟⎠⎡⎢⎣⎤⎥⎦⎧⎨⎩⎪⎫⎬⎭`;
const italic = `${blackboard}abcdefghijklmnopqrstuvwxyzαβγδεζηθικλμνξοπρστυφχψωϕϵ`;

/**
 * Everything KaTeX's faces hold: text, symbols, and the shapes they keep among the private letters. Not small raised
 * letters and digits (ᵀ, ⁻), which none has: prose that holds one would fetch a face in vain.
 */
const every = [
  ...range(0x20, 0x1d00),
  ...range(0x1dc0, 0x2070),
  ...range(0x20a0, 0x3000),
  ...range(0xe000, 0xe100),
]
  .map((code) => String.fromCodePoint(code))
  .join('');
function range(from: number, to: number): number[] {
  return Array.from({ length: to - from }, (_, i) => from + i);
}
const other = (letters: string) => [...every].filter((letter) => !letters.includes(letter)).join('');

/** A face of KaTeX in two files: what formulas are mostly made of, and the rest. */
export const katexParts = [
  { face: 'KaTeX_Main-Regular', common: main },
  { face: 'KaTeX_AMS-Regular', common: blackboard },
  { face: 'KaTeX_Main-Bold', common: `0123456789${blackboard}abcdefghijklmnopqrstuvwxyz` },
  { face: 'KaTeX_Math-Italic', common: italic },
  // All that this face draws: a rest without a single outline is no font to Firefox, which says so on every page.
  { face: 'KaTeX_Caligraphic-Regular', common: `${blackboard} \u00a0`, whole: true },
  { face: 'KaTeX_Size1-Regular', common: tall },
  { face: 'KaTeX_Size2-Regular', common: tall },
  { face: 'KaTeX_Size3-Regular', common: tall },
  { face: 'KaTeX_Size4-Regular', common: stacked },
].flatMap(({ face, common, whole = false }) => {
  const source = `${fonts}/${face}.woff2`;
  const first = { face, file: `${face}-common`, source, letters: common };
  return whole ? [first] : [first, { face, file: `${face}-rest`, source, letters: other(common) }];
});

const hex = (code: number) => code.toString(16);

/** The letters as a `unicode-range`. */
export function unicodeRange(letters: string): string {
  const codes = [...new Set([...letters].map((letter) => letter.codePointAt(0)!))].sort((a, b) => a - b);
  const runs: [number, number][] = [];
  for (const code of codes) {
    const last = runs.at(-1);
    if (last && last[1] === code - 1) last[1] = code;
    else runs.push([code, code]);
  }
  return runs.map(([from, to]) => (from === to ? `U+${hex(from)}` : `U+${hex(from)}-${hex(to)}`)).join(',');
}
