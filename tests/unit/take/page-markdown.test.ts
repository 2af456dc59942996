import { readFileSync } from 'node:fs';
import { load } from 'js-yaml';
import { expect, test } from 'vitest';
import { recordingOf, writtenSlugs } from '../../../src/build/notebooks.ts';
import { piecesOf, type Quoted } from '../../../src/build/take/page-markdown.ts';

const quoted: Quoted = {
  recording: null,
  symbols: [{ key: 'beta', tex: '\\beta', meaning: 'inverse temperature', shape: '> 0' }],
};
const only = (text: string, given: Quoted = quoted) => piecesOf(text, given).map(({ markdown }) => markdown);

test('formulas are plain TeX, headings lose their addresses, links to other pages their target', () => {
  const text =
    '## The idea {#idea}\n\nA $\\sym{beta}{\\beta}x$ in [a page](../other/) and [its place](https://arxiv.org/abs/1).\n\n$$\n\\sym{beta}{\\beta}=1 \\tag{1}\n$$\n';
  expect(only(text)).toEqual([
    '## The idea\n\nA $\\beta x$ in a page and [its place](https://arxiv.org/abs/1).\n\n$$\n\\beta=1 \\tag{1}\n$$',
  ]);
});

test('components become words', () => {
  const text =
    '<Aside>Said $x$ *aside*.</Aside>\n\n<Reported source="Table 2">28.4 **BLEU**</Reported> and <Try set={{ beta: 0.1, rule: "linear" }} makes={{ a: "fails" }}>less</Try>.\n\n<Symbols />\n';
  expect(only(text)).toEqual([
    '> Said $x$ *aside*.\n\n28.4 **BLEU** (Table 2) and **less** (`beta=0.1 rule=linear`).\n\n| symbol | meaning | in the code | shape or domain |\n|---|---|---|---|\n| $\\beta$ | inverse temperature | `beta` | > 0 |',
  ]);
});

test('a measured value is the recorded one, as the page writes it', () => {
  const own = recordingOf('hopfield')!;
  const check = 'half-digits-completed-to-a-wrong-one';
  const text = `It is <Measured check="${check}" percent digits={3} />, or <Measured check="${check}" set={{ stored: 1000 }} percent digits={3} />.`;
  const at = own.checks.findIndex(({ id }) => id === check);
  const tried = own.tries!.find(({ set }) => JSON.stringify(set) === '{"stored":1000}')!.measured[at]!;
  const [one, two] = [own.checks[at].measured!, tried].map((value) => (100 * value).toPrecision(3));
  expect(only(text, { ...quoted, recording: own })).toEqual([`It is ${one} %, or ${two} %.`]);
  expect(one).not.toBe(two);
  expect(only('<Measured check="none" />', { ...quoted, recording: own })).toEqual(['…']);
});

test('a cell is a piece with its note, between prose', () => {
  const text =
    '## A {#a}\n\none\n\n<Notebook>\n\n<Cell file="mechanism">\nThe `note`.\n</Cell>\n\n</Notebook>\n\n## B {#b}\n\ntwo\n';
  expect(piecesOf(text, quoted)).toEqual([
    { kind: 'prose', markdown: '## A\n\none' },
    { kind: 'prose', markdown: '## The notebook' },
    { kind: 'cell', file: 'mechanism', markdown: 'The `note`.' },
    { kind: 'prose', markdown: '## B\n\ntwo' },
  ]);
});

test('a component that nobody wrote words for stops the build', () => {
  expect(() => only('<Unknown />')).toThrow('<Unknown> has no words in a notebook file yet');
});

test('no page of the library leaves a component, an address or a macro of the site in its words', () => {
  for (const slug of writtenSlugs()) {
    const text = readFileSync(`content/papers/${slug}/index.mdx`, 'utf8');
    const { symbols } = load(/^---\n([\s\S]*?)\n---/.exec(text)![1]) as Quoted;
    for (const markdown of only(text, { recording: recordingOf(slug), symbols })) {
      const words = markdown.replaceAll(/`[^`]*`/g, '');
      expect(words, slug).not.toMatch(/<\/?[A-Z]\w+[\s/>]|\\sym|\{#|\]\(\.\.?\//);
      expect(words, slug).not.toContain('…%');
    }
  }
});
