import { parsePage } from '../../../src/build/page-source.ts';

/** A page that is whole; `change` damages its text. */
export const wholePage = `---
title: A paper
section: theory
authors: [Ada Lovelace]
year: 2021
venue: ICLR 2021
summary: It does one thing.
techniques: [attention]
symbols:
  - { key: beta, tex: '\\beta', meaning: inverse temperature, shape: '> 0' }
finding: { output: digits, caption: See it. }
related: [{ slug: monotone-dbm, why: the other one }]
bibtex: { type: misc, key: lovelace2021 }
---
## The idea {#idea}
Text with [a link](#formula-1).
## The formulas {#formulas}
The temperature is $\\sym{beta}{\\beta}$.
$$
y = \\sym{beta}{\\beta} x \\tag{1}
$$
<Notebook>
<Cell file="mechanism">What it does.</Cell>
</Notebook>
## What the paper reports {#reports}
## What this does not show {#limits}
## Try this {#try}
`;

/** The page of a slug after a change of its text. */
export const pageWith = (from: string | RegExp = '', to = '') =>
  parsePage(
    'content/papers/hopfield/index.mdx',
    wholePage.replace(from, () => to),
  );
