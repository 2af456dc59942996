import { beforeAll, expect, test } from 'vitest';
import { searchEntries } from '../../../src/build/search/scripts.ts';
import type { Engine } from '../../../src/search/engine.ts';
import { formulaQueries } from '../../bench/search-formulas.ts';
import { libraryEngine, qualityOf } from '../../bench/search-quality.ts';
import { wordQueries } from '../../bench/search-words.ts';

let engine: Engine;
beforeAll(() => {
  engine = libraryEngine();
}, 60_000);

test('at least 120 queries of readers find their page: first in nine of ten, among three in 98 of a hundred', async () => {
  expect(wordQueries.length).toBeGreaterThanOrEqual(120);
  const { first, three, missed } = await qualityOf(wordQueries, engine);
  console.log(`words: first ${first.toFixed(3)}, among three ${three.toFixed(3)}`);
  expect(first).toBeGreaterThanOrEqual(0.9);
  expect(three, missed.join('\n')).toBeGreaterThanOrEqual(0.98);
});

test('at least 60 formulas under other letters are found among the first three', async () => {
  expect(formulaQueries.length).toBeGreaterThanOrEqual(60);
  const { first, three, missed } = await qualityOf(formulaQueries, engine);
  console.log(`formulas: first ${first.toFixed(3)}, among three ${three.toFixed(3)}`);
  expect(three, missed.join('\n')).toBeGreaterThanOrEqual(0.95);
});

/** Every numbered formula of the library under other letters, which a machine chose. */
function renamedFormulas(): { tex: string; url: string }[] {
  const letters = [...'abcfghjklmnopqrstuvwxyzABCDFGHJKLMNOPQRSUVWXYZ'];
  const word = /\\(?:begin|end|mathrm|text|operatorname)\{[^}]*\}|\\[A-Za-z]+|[A-Za-z]/g;
  return searchEntries().flatMap(({ record, formulas }, page) =>
    formulas
      .filter(([, anchor]) => anchor.startsWith('formula-'))
      .map(([, , tex]) => {
        const others = new Map<string, string>();
        const other = (letter: string) => {
          if (!others.has(letter)) others.set(letter, letters[(others.size * 7 + page) % letters.length]);
          return others.get(letter)!;
        };
        const isSign = (found: string) => found.length > 1 || /[eTE]/.test(found);
        return { tex: tex.replace(word, (found) => (isSign(found) ? found : other(found))), url: record.url };
      }),
  );
}

/** Some three hundred searches: seconds on an idle machine, half a minute on a busy one. */
test('every numbered formula of the library is found under letters that a machine chose', {
  timeout: 180_000,
}, async () => {
  const formulas = renamedFormulas();
  let found = 0;
  for (const { tex, url } of formulas) if ((await pagesOf(tex)).slice(0, 3).includes(url)) found++;
  console.log(`${found} of ${formulas.length} among three`);
  expect(formulas.length).toBeGreaterThan(200);
  expect(found / formulas.length).toBeGreaterThan(0.97);
});

const pagesOf = async (query: string, filters = {}) =>
  (await engine.search(query, filters)).results.map(({ record }) => record.url);

test('the examples of the guide stand first', async () => {
  const first = async (query: string) => (await pagesOf(query))[0];
  expect(await first('attention temperature')).toBe('papers/hopfield/');
  expect(await first('1607.06450')).toBe('papers/layer-normalization/');
  expect(await first('layernorm')).toBe('papers/layer-normalization/');
  expect(await first('Ba Kiros Hinton')).toBe('papers/layer-normalization/');
  expect(await first('softmax(AB^T)C')).toBe('papers/hopfield/');
});

test('a formula leads to the formula, a letter to the row of its symbol, a name to its cell', async () => {
  const [hopfield] = (await engine.search('softmax(AB^T/sqrt(m))C')).results;
  expect(hopfield.formulas[0][1]).toBe('formula-3');
  const rows = (await engine.search('\\beta')).results.map(({ record, symbols }) =>
    symbols.map((i) => record.symbols[i][0]),
  );
  expect(rows.flat()).toContain('\\beta');
  expect(rows.every((row) => row.length > 0)).toBe(true);
  const [svm] = (await engine.search('squaredHinge')).results;
  expect(svm.names.map((i) => svm.record.names[i])).toEqual([['squaredHinge', 'mechanism']]);
});

test('a word of the text alone leads to its section', async () => {
  const [first] = (await engine.search('valleys')).results;
  expect(first.record.url).toBe('papers/hopfield/');
  expect(first.parts.map((i) => first.record.parts[i])[0]).toEqual(['idea', 'The idea']);
});

test('filters narrow, with words and without', async () => {
  const all = await engine.search('attention');
  const some = await engine.search('attention', { year: 2022 });
  expect(some.count).toBeGreaterThan(0);
  expect(some.count).toBeLessThan(all.count);
  expect(some.results.every(({ record }) => record.year === 2022)).toBe(true);
  const section = await engine.search('', { section: 'Compression and architecture search' });
  expect(section.results.map(({ record }) => record.url)).toContain('papers/nasnet/');
  expect(section.results.map(({ record }) => record.url)).not.toContain('papers/hopfield/');
});

test('nothing is found for nonsense, and a command half typed is waited for', async () => {
  expect((await engine.search('zzyzxq')).count).toBe(0);
  expect(await engine.search('\\bet')).toEqual({ results: [], count: 0, waits: true });
});
