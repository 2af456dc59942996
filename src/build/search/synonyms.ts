import { synonyms } from '../../../content/synonyms.ts';
import type { Synonym } from '../../search/format.ts';
import { stem, wordsOf } from '../../search/words.ts';
import type { Entry } from './entry.ts';

const stems = (text: string): string => wordsOf(text).map(stem).join(' ');

/** The table of words of one meaning: only phrases that a page uses of itself are looked up in place of others. */
export function synonymsOf(entries: Entry[]): Synonym[] {
  const heads = entries.map(({ record }) => ` ${headOf(record)} `).join('|');
  return synonyms.flatMap((phrases): Synonym[] => {
    const said = [...new Set(phrases.map(stems))];
    const used = said.filter((phrase) => heads.includes(` ${phrase} `));
    return used.length > 0 ? [[said, used]] : [];
  });
}

/** What a page says of itself: its title, topics, summary and the meanings of its symbols. */
const headOf = ({ title, topics, summary, symbols }: Entry['record']): string =>
  [title, ...topics, summary, ...symbols.map(([, , meaning]) => meaning)].map(stems).join(' | ');
