/** Words as the index keeps them and as a query is read: without case, accents and endings. */

const letters: Record<string, string> = { ß: 'ss', ł: 'l', ø: 'o', æ: 'ae', œ: 'oe', đ: 'd' };

/** Small letters without accents: "Schäfl" and "schafl" are one. */
export const fold = (text: string): string =>
  text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[ßłøæœđ]/g, (letter) => letters[letter]);

const stopWords = new Set(
  `a about an and are as at be been but by can do does for from had has have how if in into is it its
  more most no not of on one only or other so some such than that the their them then there these they this to
  was we were what when where which who why will with would you your arxiv org abs pdf https http www`.split(
    /\s+/,
  ),
);
export const isStopWord = (word: string): boolean => stopWords.has(word);

/** British and American spellings, plurals and the commonest endings fall together; a rule of thumb, the same on both sides. */
export function stem(word: string): string {
  if (word.length < 4 || /\d/.test(word)) return word;
  let root = word
    .replace(/(?<=.{4})is(?=(e[drs]?|ing|ations?|ers?)?$)/, 'iz')
    .replace(/our(?=s?$|ed$|ing$)/, 'or');
  root = root.replace(/(?<=[a-z]{3}iz)(es?|ed|ing|ations?|ers?|or)$/, '');
  root = root.replace(/(?<=..)ies$/, 'y').replace(/(?<=[^s])s$/, '');
  return root.replace(/(?<=[a-z]{4})(ing|ed|e|ly)$/, '');
}

const number = /\d{4}\.\d{2,5}(?=v\d+|$|[^\d])/;

/** The words of a text in order, folded; an arXiv number is one word. */
export function wordsOf(text: string): string[] {
  const pattern = new RegExp(`${number.source}|[\\p{L}\\p{N}]+`, 'gu');
  return fold(text.replaceAll(/['’]/g, '')).match(pattern) ?? [];
}

/** The terms of a text that an index keeps: stems, without the words that every text has. */
export const termsOf = (text: string): string[] =>
  wordsOf(text)
    .filter((word) => !isStopWord(word))
    .map(stem);

/** A name in code, whole and by its parts: shermanMorrison is also sherman and morrison. */
export const termsOfName = (name: string): string[] => [
  fold(name),
  ...termsOf(name.replaceAll(/([a-z\d])(?=[A-Z])/g, '$1 ').replaceAll(/[_$]/g, ' ')),
];

/** Whether two words differ by at most so many letters: one more, one less, another, or two that changed places. */
export function isNear(a: string, b: string, most: number): boolean {
  if (Math.abs(a.length - b.length) > most) return false;
  let before: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1;
      row[j] = Math.min(last[j] + 1, row[j - 1] + 1, last[j - 1] + same);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        row[j] = Math.min(row[j], before[j - 2] + 1);
    }
    [before, last] = [last, row];
  }
  return last[b.length] <= most;
}
