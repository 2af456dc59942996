import { getFormattedTokens } from 'sucrase';

/** A token of a cell, as sucrase tells it. */
interface Token {
  label: string;
  /** Where it begins in the text. */
  start: number;
  isType: boolean;
  /** Of an `=`: the number of the token after the value. */
  after: number;
}

/**
 * `export const a = 1, b = 2` as `export const a = 1; export const b = 2`, on the lines where it stands: sucrase
 * exports the first name of such a declaration alone, and does not declare the others.
 */
export function splitExports(source: string): string {
  // biome-ignore lint/correctness/noEmptyCharacterClassInRegex: any letter, ends of lines too
  if (!/\bexport\s+(?:const|let|var)\b[^]*,/.test(source)) return source;
  const tokens = tokensOf(source);
  let text = '';
  let done = 0;
  for (const [i, { label }] of tokens.entries())
    for (const comma of label === 'export' ? commasFrom(tokens, i + 1) : []) {
      text += `${source.slice(done, comma)}; export ${tokens[i + 1].label} `;
      done = comma + 1;
    }
  return text + source.slice(done);
}

/** The places of the commas between the names of a declaration, whose keyword is at `at`. */
function commasFrom(tokens: Token[], at: number): number[] {
  const commas: number[] = [];
  if (!['const', 'let', 'var'].includes(tokens[at]?.label)) return commas;
  for (let i = at + 1; i < tokens.length; i += 1) {
    i = afterBinding(tokens, i);
    if (tokens[i]?.label === '=') i = tokens[i].after;
    if (tokens[i]?.label !== ',') break;
    commas.push(tokens[i].start);
  }
  return commas;
}

/** Past a name or a pattern, and its type. */
function afterBinding(tokens: Token[], from: number): number {
  let i = from;
  let depth = 0;
  do {
    if (/^[[{(]$/.test(tokens[i].label)) depth += 1;
    if (/^[\]})]$/.test(tokens[i].label)) depth -= 1;
    i += 1;
  } while (depth > 0 && i < tokens.length);
  while (tokens[i]?.isType) i += 1;
  return i;
}

/** Sucrase gives its tokens as a table with a head: place, label, the first letters as they stand, what it knows of it. */
function tokensOf(source: string): Token[] {
  const [head, ...rows] = getFormattedTokens(source, { transforms: ['typescript', 'imports'] }).split('\n');
  const begins = [0, ...Array.from(source.matchAll(/\r\n|\r|\n/g), (end) => end.index + end[0].length)];
  const offset = (line: string, column: string) => begins[Number(line) - 1] + Number(column) - 1;
  const field = (row: string, name: string) => /^\S*/.exec(row.slice(head.indexOf(` ${name}`) + 1))![0];
  const tokens: Token[] = [];
  for (let i = 0; i < rows.length; i += 1) {
    const [, ...place] = /^(\d+):(\d+)-(\d+):(\d+) /.exec(rows[i]) ?? [];
    if (place.length === 0) break; // the end of the text
    const [start, end] = [offset(place[0], place[1]), offset(place[2], place[3])];
    tokens.push({
      label: field(rows[i], 'Label'),
      start,
      isType: field(rows[i], 'isType') === 'isType',
      after: Number(field(rows[i], 'rhsEndIndex')),
    });
    // Letters with an end of line in them go on in the next row.
    const letters = source.slice(start, end);
    i += (letters.length > 14 ? letters.slice(0, 11) : letters).split('\n').length - 1;
  }
  return tokens;
}
