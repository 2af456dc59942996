/** Size of every letter in a drawing, in units of its viewBox; output.css sets the same. */
export const FONT = 12.5;

// Regular expressions in escapes: a bundle may be read before its page's charset is known.
// Advance widths of Inter in thousandths of an em, by class; Node has no fonts to ask, and a label that is
// a little shorter than foreseen is no harm, so the classes are rounded up.
const WIDTHS: [RegExp, number][] = [
  [/[ijl|.,:;'!]/, 300],
  [/[ ftr()[\]{}/\\"`-]/, 400],
  [/[mwMW@%\u2014]/, 920],
  [/[A-Z&#\u03a3\u2211]/, 720],
  [/[0-9+=<>~\u2212\u00d7\u2248\u221e\u2013]/, 650],
  [/[\u2e80-\uffff]/, 1050],
];
const USUAL = 610;

function advance(letter: string): number {
  return WIDTHS.find(([letters]) => letters.test(letter))?.[1] ?? USUAL;
}

/** About how wide a line of text is, in the units of `size`. */
export function textWidth(text: string, size = FONT): number {
  let sum = 0;
  for (const letter of text) sum += advance(letter);
  return (sum * size) / 1000;
}

/** The text broken into lines (`\n`) no wider than `width`, at spaces only. */
export function wrapText(text: string, width: number): string {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const longer = lines.length ? `${lines.at(-1)} ${word}` : word;
    if (lines.length && textWidth(longer) <= width) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines.join('\n');
}
