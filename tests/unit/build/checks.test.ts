import { expect, test } from 'vitest';
import { pageProblems, type Subject } from '../../../src/build/checks/page.ts';
import { ContentError, sentence } from '../../../src/build/problem.ts';
import { pageWith } from './page.ts';
import { recording } from './recording.ts';

const subject = (change: Partial<Subject> = {}): Subject => ({
  slug: 'hopfield',
  page: pageWith(),
  cells: [{ name: 'mechanism', text: 'export const f = (beta: number) => beta;' }],
  recording: recording(),
  hash: () => 'abc',
  home: 'theory',
  targets: { standing: ['hopfield'], slugs: ['hopfield', 'monotone-dbm'], guide: ['reading'] },
  ...change,
});

const said = (change: Partial<Subject>) => pageProblems(subject(change)).map(sentence);
const file = 'content/papers/hopfield/index.mdx';

test('a whole page has no problem', () => {
  expect(said({})).toEqual([]);
});

test('wrong frontmatter names the field, what stands there and what should', () => {
  expect(said({ page: pageWith('year: 2021', 'year: soon') })).toEqual([
    `${file}: found year: "soon", expected number; mend "year" in the frontmatter.`,
  ]);
  expect(said({ page: pageWith('venue: ICLR 2021\n') })).toEqual([
    `${file}: found no venue, expected string; mend "venue" in the frontmatter.`,
  ]);
});

test('an unknown field of the frontmatter is named', () => {
  expect(said({ page: pageWith('venue:', 'pages: 3\nvenue:') })).toEqual([
    `${file}: found the unknown field "pages" in frontmatter, expected only fields that src/content.config.ts describes; rename or remove it.`,
  ]);
});

test('frontmatter that is no YAML says so', () => {
  const [only] = said({ page: pageWith('year: 2021', 'year: [2021') });
  expect(only).toMatch(/^content\/papers\/hopfield\/index\.mdx: found frontmatter that is no YAML \(/);
});

test('a symbol that is in no cell and no formula is idle', () => {
  const page = pageWith(
    'symbols:',
    "symbols:\n  - { key: gamma, tex: '\\gamma', meaning: rate, shape: '> 0' }",
  );
  expect(said({ page })).toEqual([
    `${file}: found the symbol "gamma" in no cell and in no formula, expected an identifier gamma in a cell or \\sym{gamma} in a formula; use it or remove it from symbols.`,
  ]);
});

test('a symbol only in a formula, or only in a cell, is used', () => {
  expect(said({ cells: [{ name: 'mechanism', text: '' }] })).toEqual([]);
  expect(said({ page: pageWith(/\\sym\{beta\}\{\\beta\}/g, 'b') })).toEqual([]);
});

test('a formula that does not parse is shown with its line', () => {
  const [only] = said({ page: pageWith('y = ', 'y = \\frac{1 ') });
  expect(only).toMatch(
    /^content\/papers\/hopfield\/index\.mdx:\d+: found the formula "y = \\frac\{1 \\beta x/,
  );
  expect(only).toContain('expected TeX that KaTeX reads; mend the formula.');
});

test('an unknown key of \\sym is refused', () => {
  const [only, ...more] = said({ page: pageWith('$\\sym{beta}', '$\\sym{bta}') });
  expect(more).toEqual([]);
  expect(only).toContain(
    'found \\sym{bta} in a formula, expected one of the keys beta; add "bta" to symbols',
  );
});

test('a cell without a file is refused', () => {
  expect(said({ page: pageWith('file="mechanism"', 'file="mechanisms"') })).toEqual([
    `${file}: found <Cell file="mechanisms"> but no mechanisms.ts beside the page, expected one of mechanism; write mechanisms.ts or mend the name.`,
  ]);
});

test.each(['#nowhere', '../nobody/', '/guide/nothing/', 'other.html'])('the link %s leads nowhere', (url) => {
  const [only] = said({ page: pageWith('(#formula-1)', `(${url})`) });
  expect(only).toContain(`found a link to "${url}", expected "#id" of this page`);
});

test.each([
  '#idea',
  '#digits',
  '#one',
  '../hopfield/',
  '/guide/reading/',
  '/guide/',
  'https://example.org/x',
])('the link %s leads somewhere', (url) => {
  const page = pageWith('(#formula-1)', `(${url === '#digits' ? '#figure-digits' : url})`);
  expect(said({ page })).toEqual([]);
});

test('a related paper that the library does not know is refused', () => {
  const [only] = said({ page: pageWith('slug: monotone-dbm', 'slug: monotone') });
  expect(only).toBe(
    `${file}: found the related paper "monotone", expected a slug of content/sections.ts; mend the slug.`,
  );
});

test('sections out of order are listed beside the fixed order', () => {
  const [only] = said({ page: pageWith('## The idea {#idea}', '## The idea') });
  expect(only).toContain(
    'found the sections a heading without {#id}, formulas, notebook, reports, limits, try',
  );
  expect(only).toContain('expected idea, formulas, notebook, reports, limits, try');
});

test('a missing or stale recording says which command renews it', () => {
  expect(said({ recording: null })).toEqual([
    'content/papers/hopfield/recorded.json: found no recording, expected one run of the notebook; run: npm run record hopfield.',
  ]);
  expect(said({ hash: () => 'def' })).toEqual([
    'content/papers/hopfield/recorded.json: found a recording of the sources abc, expected one of those present, def; run: npm run record hopfield.',
  ]);
});

test('a finding that was not recorded is refused', () => {
  const [only] = said({ page: pageWith('output: digits', 'output: numbers') });
  expect(only).toBe(
    `${file}: found finding.output: "numbers", expected one of the recorded outputs digits; name one of them.`,
  );
});

test('a folder in another section than it says is refused', () => {
  const [only] = said({ home: 'attention' });
  expect(only).toBe(
    `${file}: found section "theory", expected "attention", where content/sections.ts lists hopfield; mend one of the two.`,
  );
});

test('the error of a build carries every sentence', () => {
  const problems = pageProblems(subject({ recording: null, home: undefined }));
  expect(new ContentError(problems).message.split('\n')).toHaveLength(2);
});
