import { expect, test } from 'vitest';
import {
  doubleSlugs,
  guideAddresses,
  guideProblems,
  onlyProblems,
} from '../../../src/build/checks/integration.ts';
import { pageProblems, type Subject } from '../../../src/build/checks/page.ts';
import { parseRecording } from '../../../src/build/notebooks.ts';
import { parsePage } from '../../../src/build/page-source.ts';
import { ContentError, sentence } from '../../../src/build/problem.ts';
import { pageWith } from './page.ts';
import { recording } from './recording.ts';

const subject = (change: Partial<Subject> = {}): Subject => ({
  slug: 'hopfield',
  page: pageWith(),
  cells: [{ name: 'mechanism', text: 'export const f = (beta: number) => beta;' }],
  recording: withRule(),
  hash: () => 'abc',
  home: 'theory',
  targets: {
    standing: ['hopfield'],
    slugs: ['hopfield', 'monotone-dbm'],
    guide: ['/guide/', '/guide/the-lab/'],
    ids: (address) => (address === '/guide/the-lab/' ? ['data'] : ['idea']),
  },
  exists: () => true,
  ...change,
});

const said = (change: Partial<Subject>) => pageProblems(subject(change)).map(sentence);
const file = 'content/papers/hopfield/index.mdx';

test('a whole page has no problem', () => {
  expect(said({})).toEqual([]);
});

test('wrong frontmatter names the field, what stands there and what should', () => {
  expect(said({ page: pageWith('year: 2021', 'year: soon') })).toEqual([
    `${file}: found year: "soon", expected a number without quotes; mend it in the frontmatter.`,
  ]);
  expect(said({ page: pageWith('venue: ICLR 2021\n') })).toEqual([
    `${file}: found no venue, expected text (numbers in quotes); add it in the frontmatter.`,
  ]);
});

test('an unknown field of the frontmatter is named', () => {
  expect(said({ page: pageWith('venue:', 'pages: 3\nvenue:') })).toEqual([
    `${file}: found the unknown field "pages" in the frontmatter, expected only fields that src/content.config.ts describes; rename or remove it.`,
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

test.each([
  '../nobody/',
  '/guide/nothing/',
  '/guide/reading/',
  '/guide/the-lab/#nowhere',
  '../hopfield/#nowhere',
  'other.html',
  '/data/x.csv',
])('the link %s leads nowhere', (url) => {
  expect(said({ page: pageWith('(#formula-1)', `(${url})`) })).toEqual([
    `${file}: found a link to "${url}", expected "#id" of this page, "../<slug>/" of a page that stands, or a page of the guide (/guide/, /guide/the-lab/), with or without an id that it has; mend the address or write the page.`,
  ]);
});

test("a link may lead to a formula (2')", () => {
  const page = pageWith('<Notebook>', "$$\ny \\tag{2'}\n$$\nSee [it](#formula-2-prime).\n\n<Notebook>");
  expect(page.links).toContain('#formula-2-prime');
  expect(said({ page })).toEqual([]);
});

test('an address on this page that is not there is answered with those that are', () => {
  const [only] = said({ page: pageWith('(#formula-1)', '(#nowhere)') });
  expect(only).toMatch(
    /found a link to "#nowhere", expected an id of this page: idea, formulas, reports, .*formula-1.*; mend/,
  );
});

test.each([
  '#idea',
  '#digits',
  '#one',
  '../hopfield/',
  '../hopfield/#idea',
  '/papers/hopfield/',
  '../../guide/the-lab/',
  '/guide/the-lab/#data',
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
    'content/papers/hopfield/recorded.json: found a recording of other cells or data than those present (hash abc), expected one of these (hash def); run: npm run record hopfield.',
  ]);
});

test('a finding that was not recorded is refused', () => {
  const [only] = said({ page: pageWith('output: digits', 'output: numbers') });
  expect(only).toBe(
    `${file}: found finding.output: "numbers", expected one of the recorded outputs digits; name one of them.`,
  );
});

test('a heading says what the list of contents says', () => {
  expect(said({ page: pageWith('## The idea {', '## Our *big* idea {') })).toEqual([
    `${file}: found the heading "Our big idea" of {#idea}, expected "The idea", as in the list of contents; take these words; what else there is to say goes under a ### heading.`,
  ]);
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

const only = (change: Partial<Subject>): string => {
  const sentences = said(change);
  expect(sentences).toHaveLength(1);
  return sentences[0];
};
const page = (from: string | RegExp, to = '') => ({ page: pageWith(from, to) });

test.each([
  ['year: 2021', "year: '2021'", 'found year: "2021", expected a number without quotes; mend'],
  ['year: 2021', 'year: 21', 'found year: 21, expected a number of at least 1950; mend'],
  ['title: A paper', 'title: [A]', 'found title: ["A"], expected text (numbers in quotes); mend'],
  ['title: A paper', "title: ''", 'found title: "", expected text that is not empty; mend'],
  [
    'authors: [Ada Lovelace]',
    'authors: []',
    'found authors: [], expected a list of at least one entry; mend',
  ],
  ['authors: [Ada Lovelace]', 'authors: Ada', 'found authors: "Ada", expected a list; mend'],
  ['venue:', "arxiv: 'arXiv:2008.02217'\nvenue:", "such as '2008.02217'; mend it in the frontmatter."],
  ['venue:', 'arxiv: 2008.02217\nvenue:', 'found arxiv: 2008.02217, expected text (numbers in quotes); mend'],
  [
    'venue:',
    'code: github\nvenue:',
    'found code: "github", expected an address that begins with https://; mend',
  ],
  ['section: theory', 'section: theories', 'expected one of "dynamics", "theory", "attention", '],
  [", shape: '> 0'", '', 'found no shape in entry 1 of symbols, expected text (numbers in quotes); add it'],
  [
    "shape: '> 0'",
    "shape: '> 0', unit: m",
    'found the unknown field "unit" in entry 1 of symbols, expected only',
  ],
])('frontmatter: %s become %s', (from, to, words) => {
  expect(only(page(from, to))).toContain(words);
});

test('a page without frontmatter is told once', () => {
  expect(only(page(/^---[\s\S]*?---\n/))).toBe(
    `${file}: found no frontmatter, expected the fields of src/content.config.ts between two lines of ---, the first of them line 1; begin with those of another page.`,
  );
});

test('text that is no MDX is shown with its line', () => {
  expect(only(page('Text with', 'Text <Aside>with'))).toMatch(
    /^content\/papers\/hopfield\/index\.mdx:16: found text that is no MDX \(Expected a closing tag for `<Aside>` .*\), expected tags that are closed and braces in pairs; mend it/,
  );
  expect(only(page('Text with', 'Text {with'))).toContain(
    ':16: found text that is no MDX (Unexpected end of file',
  );
});

test('a component that pages do not have, or without what it needs, is refused', () => {
  expect(only(page('Text with', '<Foo>Text</Foo> with'))).toBe(
    `${file}:16: found the component <Foo>, expected one of Aside, Cell, Measured, Notebook, Reported, Symbols, Try; mend the name.`,
  );
  expect(only(page('Text with', '<Reported>Text</Reported> with'))).toBe(
    `${file}:16: found <Reported> without source, expected <Reported source=…>; add it.`,
  );
});

test.each([
  ['![x](./no.png)', './no.png', 'content/papers/hopfield/no.png'],
  ['<img src="/no.png" alt="x" />', '/no.png', 'public/no.png'],
])('the picture %s without a file is refused', (text, url, path) => {
  expect(only({ ...page('Text with', `${text} with`), exists: () => false })).toBe(
    `${file}: found the picture "${url}" but no file ${path}, expected a file beside the page ("./name.png") or in public/ ("/name.png"); put it there or mend the address.`,
  );
});

test('a symbol in two rows, and one whose letter does not parse, are refused', () => {
  const row = "  - { key: beta, tex: '\\beta', meaning: inverse temperature, shape: '> 0' }\n";
  expect(only(page(row, row + row))).toBe(
    `${file}: found the symbol "beta" in two rows of symbols, expected one row a key; rename or remove one of them.`,
  );
  expect(only(page("tex: '\\beta'", "tex: '\\frac{b'"))).toBe(
    `${file}: found tex: "\\frac{b" of the symbol "beta", expected TeX that KaTeX reads; mend it, in single quotes so that backslashes stay as they are.`,
  );
});

test('a formula that no phone can show whole is refused', () => {
  expect(only(page('y = \\sym{beta}{\\beta} x', `y = \\sym{beta}{\\beta} ${'x + '.repeat(20)} x`))).toMatch(
    /index\.mdx:\d+: found a formula 3\d em wide, expected at most 25 em, what a phone can show; break it into lines: \\begin\{gathered\} … \\\\ … \\end\{gathered\}\.$/,
  );
});

test('a number of a formula that is taken is refused', () => {
  expect(only(page('Text with', '$$\na \\tag{1}\n$$\nText with'))).toMatch(
    /index\.mdx:\d+: found a second formula with \\tag\{1\}, expected each number once; give it another number\.$/,
  );
});

const mechanism = { name: 'mechanism', text: 'export const f = (beta: number) => beta;' };
const cell = (text: string) => ({
  ...page('</Notebook>', '<Cell file="experiment">b</Cell>\n</Notebook>'),
  cells: [mechanism, { name: 'experiment', text }],
});

test('a cell that no <Cell> names is refused; a mechanism of another paper needs none', () => {
  expect(only({ cells: [mechanism, { name: 'extra', text: '' }] })).toBe(
    `${file}: found the cell extra.ts, which no <Cell> names, expected every cell of the folder on the page, because all of them run; add <Cell file="extra"> or remove extra.ts.`,
  );
  expect(said({ cells: [mechanism, { name: '../noprop/mechanism', text: '' }] })).toEqual([]);
});

test('a cell that is called as a part of the page or a heading is refused', () => {
  for (const name of ['checks', 'idea'])
    expect(
      only({
        ...page('</Notebook>', `<Cell file="${name}">b</Cell>\n</Notebook>`),
        cells: [mechanism, { name, text: '' }],
      }),
    ).toBe(
      `${file}: found <Cell file="${name}">, the address of another part of the page, expected an address for each part; call ${name}.ts otherwise.`,
    );
});

test('<Cell> with an ending, or without a file, is told what to write', () => {
  expect(said(page('file="mechanism"', 'file="mechanism.ts"'))[0]).toBe(
    `${file}: found <Cell file="mechanism.ts">, expected one of mechanism; leave out the ending .ts.`,
  );
  expect(said(page(' file="mechanism"'))[0]).toBe(
    `${file}: found <Cell> without a file, expected one of mechanism; name one: <Cell file="experiment">.`,
  );
});

test('a cell that does not parse is shown with its line, and not as a stale recording', () => {
  expect(only({ ...cell('const a = 1;\nconst b = ;\n'), hash: () => 'def' })).toBe(
    'content/papers/hopfield/experiment.ts:2: found a cell that does not parse (Unexpected token), expected TypeScript whose types can be removed; mend the line.',
  );
});

test.each(["'./mecanism'", "'../nobody/mechanism'", "'lodash'"])('the import %s leads nowhere', (from) => {
  expect(only(cell(`import { f } from ${from};`))).toBe(
    `content/papers/hopfield/experiment.ts: found an import from ${from}, expected 'lab', '@tensorflow/tfjs', a cell beside it ('./mechanism', './experiment') or '../<slug>/mechanism' of a paper that has one; mend the import.`,
  );
});

test('cells that import one another', () => {
  expect(only(cell("import { experiment } from './experiment';"))).toBe(
    'content/papers/hopfield/experiment.ts: found experiment.ts imports itself, by way of experiment, expected imports that lead to a cell which needs none of them; move what both need into a third cell.',
  );
});

test('a recording whose data are gone says which', () => {
  const read = { ...recording(), assets: ['data/x.safetensors'] };
  expect(only({ recording: read, exists: () => false })).toBe(
    'content/papers/hopfield/recorded.json: found a recording that read data/x.safetensors, which public/ does not have, expected every file that the cells read; put it back, or run: npm run record hopfield.',
  );
});

test.each(['{', '{}'])('the recording %s is none', (text) => {
  expect(() => parseRecording('hopfield', 'content/papers/hopfield/recorded.json', text)).toThrow(
    'content/papers/hopfield/recorded.json: found a file that is no recording, expected what npm run record writes; run: npm run record hopfield.',
  );
});

const rule = {
  key: 'rule',
  kind: 'variant' as const,
  cell: '',
  label: '',
  value: 'a',
  options: ['a', 'linear'],
};
const withRule = () => ({ ...recording(), controls: [...recording().controls, rule] });

test.each([
  ['{ bta: 1 }', 'a control of the notebook, one of seed, beta, rule'],
  ['{ beta: 5 }', 'beta from 0 to 2'],
  ["{ rule: 'b' }", 'rule one of a, linear'],
  ['beta', 'settings in two braces, such as set={{ beta: 0.1 }}'],
])('<Try set={%s}> sets nothing', (set, expected) => {
  expect(only({ ...page('Text with', `<Try set={${set}}>x</Try> with`), recording: withRule() })).toBe(
    `${file}: found <Try set={${set}}>, expected ${expected}; mend the key or the value.`,
  );
});

test('settings that controls can take are let through', () => {
  const set = "{ beta: 0.5, rule: 'linear', seed: 3 }";
  const tries = [{ set: { rule: 'linear', seed: 3, beta: 0.5 }, measured: [1, 5], holds: [true, false] }];
  const after = {
    ...page('Text with', `<Try set={${set}}>x</Try> with`),
    recording: { ...withRule(), tries },
  };
  expect(said(after)).toEqual([]);
});

const tried = (text: string) => ({
  ...page('Text with', `${text} with`),
  recording: { ...withRule(), tries: [{ set: { beta: 2 }, measured: [1, null], holds: [true, false] }] },
});

test('what a page says of other settings must be recorded', () => {
  expect(only(tried('<Try set={{ beta: 1 }}>x</Try>'))).toBe(
    `${file}: found settings that no recorded run had, {"beta":1}, expected a run at every setting of <Try> and <Measured>; run: npm run record hopfield.`,
  );
  expect(said(tried('<Measured check="one" /> <Measured check="two" set={{ beta: 2 }} />'))).toEqual([]);
  expect(only(tried('<Measured check="on" />'))).toBe(
    `${file}: found <Measured check="on">, expected one of the checks one, two; name one of them.`,
  );
});

test('what <Try> promises must have come out', () => {
  const promise = (then: string) => tried(`<Try set={{ beta: 2 }} makes={${then}}>x</Try>`);
  expect(said(promise("{ one: 'holds', two: 'fails' }"))).toEqual([]);
  expect(said(promise('{ one: [0.5, 1.5] }'))).toEqual([]);
  const refused = (then: string) => only(promise(then)).split('expected ')[1];
  expect(refused("{ one: 'fails' }")).toBe(
    'what came out: one at 1, which holds; mend the text or the cell.',
  );
  expect(refused('{ two: [1, 2] }')).toBe(
    'what came out: two at null, which fails; mend the text or the cell.',
  );
  expect(refused("{ three: 'fails' }")).toBe('one of the checks one, two; name one of them.');
  expect(refused('{ one: 1 }')).toBe(
    "for each check 'holds', 'fails' or [low, high], such as makes={{ 'loss-falls': 'fails' }}; mend it.",
  );
});

test('breaks and finding.control that no control takes are refused', () => {
  const [first] = said({ recording: { ...withRule(), controls: recording().controls } });
  expect(first).toBe(
    `${file}: found breaks: {"rule":"linear"} of the check "one", expected a control of the notebook, one of seed, beta; mend the key or the value.`,
  );
  expect(only({ ...page('output: digits', 'output: digits, control: b'), recording: withRule() })).toContain(
    'found finding.control: "b", expected a control of the notebook, one of seed, beta, rule; mend',
  );
});

test('ONLY without a page, and a slug in two sections, are refused', () => {
  expect(onlyProblems(['hopfield', 'nosuch'], (slug) => slug === 'hopfield').map(sentence)).toEqual([
    'content/papers/nosuch/index.mdx: found no page, though ONLY asks for nosuch, expected a slug whose page stands; mend ONLY, or run: npm run new nosuch.',
  ]);
  expect(doubleSlugs(['a', 'b', 'a']).map(sentence)).toEqual([
    'content/sections.ts: found "a" twice, expected each slug in one place; remove one of them.',
  ]);
});

test('a guide page lies at its name, the first at /guide/; its fields and links are looked at', () => {
  const guidePage = (name: string, order: number | string, text = '') =>
    parsePage(
      `content/guide/${name}.md`,
      `---\ntitle: A\nsummary: B\norder: ${order}\n---\n## One {#one}\n${text}`,
    );
  const pages = [guidePage('lab', 2, '[a](/guide/#one) [b](#one) [c](./lab/)'), guidePage('reading', 1)];
  const guide = guideAddresses(pages);
  expect([...guide.keys()]).toEqual(['/guide/', '/guide/lab/']);
  const targets = { standing: [], slugs: [], guide: [...guide.keys()], ids: () => ['one'] };
  expect(guideProblems(pages, targets).map(sentence)).toEqual([
    'content/guide/lab.md: found a link to "./lab/", expected "#id" of this page, "/papers/<slug>/" of a page that stands, or one of /guide/, /guide/lab/, with or without an id that it has; mend the address or write the page.',
  ]);
  expect(guideProblems([guidePage('x', 'first', '[c](./lab/)')], targets).map(sentence)).toEqual([
    'content/guide/x.md: found order: "first", expected a number without quotes; mend it in the frontmatter.',
  ]);
});
