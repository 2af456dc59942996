import type { Synonym } from './format.ts';
import { accents, functions, letters, marks, operators } from './math-signs.ts';
import { isStopWord, stem, wordsOf } from './words.ts';

/** A query as it is understood. */
export interface Query {
  text: string;
  /** Readings of its words: as typed, and with other words of the same meaning in their place. */
  readings: string[][];
  /** Whether its last word may go on. */
  open: boolean;
  /** Whether it may be a formula, or a letter of one. */
  isFormula: boolean;
}

const mathSign = /[\\^_=+*/<>|√∑∏∫∂∇⊙⊗≤≥≠≈∝∈←→‖ᵀ⊤α-ωΑ-Ω₀-₉²³ϵℓ∥·]/u;
const isAddress = /https?:|arxiv|^\d{4}\.\d+/i;

export function readQuery(typed: string, synonyms: Synonym[]): Query {
  const text = withoutBegun(typed);
  const words = termsTyped(text);
  return {
    text: text.trim(),
    readings: [words, ...others(text, words, synonyms)],
    open: !/[\s.)\]]$/.test(text),
    isFormula:
      !isAddress.test(text) &&
      (mathSign.test(text) || /[A-Za-z]\(/.test(text) || /^\p{L}$/u.test(text.trim())),
  };
}

/** A command at the end that is none yet is still being typed: \bet. */
const withoutBegun = (text: string): string =>
  text.replace(/\\([A-Za-z]*)$/, (command, name) => (isCommand(name) ? command : ''));

const isCommand = (name: string): boolean =>
  name in letters || name in marks || name in operators || name in accents || functions.has(name);

/** The terms of what was typed; where it is nothing but common words, those. */
function termsTyped(text: string): string[] {
  const words = wordsOf(text);
  const rare = words.filter((word) => !isStopWord(word));
  return [...new Set(rare.length > 0 ? rare : words)].map(stem);
}

/** A query that holds a phrase of the table, once for each phrase of the same meaning that the library uses. */
function others(text: string, words: string[], synonyms: Synonym[]): string[][] {
  const typed = ` ${wordsOf(text).map(stem).join(' ')} `;
  return synonyms.flatMap(([said, used]) => {
    const held = said
      .filter((phrase) => typed.includes(` ${phrase} `))
      .sort((a, b) => b.length - a.length)[0];
    if (held === undefined) return [];
    const replaced = held.split(' ');
    const rest = words.filter((word) => !replaced.includes(word));
    const meant = used.filter((phrase) => phrase !== held);
    return meant.map((phrase) => [
      ...new Set([...phrase.split(' ').filter((word) => !isStopWord(word)), ...rest]),
    ]);
  });
}
