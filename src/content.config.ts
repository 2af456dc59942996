import { defineCollection } from 'astro/content/config';
import { glob } from 'astro/loaders';
import { z } from 'astro/zod';
import { sections } from '../content/sections.ts';
import { only } from './build/notebooks.ts';

const sectionIds = sections.map((section) => section.id) as [string, ...string[]];
const text = z.string().min(1);
/** Words that a page prints: with the apostrophe that its prose has. */
const prose = text.transform((words) => words.replaceAll(/(?<=\p{L})'/gu, '’'));
const address = z.url('an address that begins with https://');

/** A quantity of the page: the same key is an identifier in a cell, a `\sym` in a formula, often a control. */
const symbol = z.strictObject({
  /** Identifier in the code, and first argument of `\sym`. */
  key: z.string().regex(/^[A-Za-z_$][\w$]*$/, 'an identifier, such as beta'),
  /** Its letter, in TeX. */
  tex: text,
  /** Two to six words. */
  meaning: prose,
  /** Shape or domain: "[N, d]", "> 0". */
  shape: text,
});

/** The frontmatter of content/papers/<slug>/index.mdx. */
export const paperSchema = z.strictObject({
  /** The paper's own title. */
  title: text,
  /** Id of a section of content/sections.ts. */
  section: z.enum(sectionIds),
  /** Full names in the paper's order, a no-break space within a surname of two words; "and others" is added by `more`. */
  authors: z.array(text).min(1),
  /** How many authors are not listed. */
  more: z.number().int().positive().optional(),
  /** Year of the version cited. */
  year: z.number().int().min(1950).max(2100),
  /** Where it appeared: "ICLR 2021", "arXiv". */
  venue: text,
  /** arXiv number without prefix: "2008.02217". */
  arxiv: z
    .string()
    .regex(
      /^(\d{4}\.\d{4,5}|[a-z-]+\/\d{7})$/,
      "an arXiv number in quotes and without its prefix, such as '2008.02217'",
    )
    .optional(),
  /** Address of the paper where there is no arXiv number. */
  link: address.optional(),
  /** Address of the authors' code. */
  code: address.optional(),
  /** One sentence: what the mechanism does and what it replaces. */
  summary: prose,
  /** Tags a reader filters by: "attention", "memory". */
  techniques: z.array(text).min(1),
  /** The symbol table, in the order of the page. */
  symbols: z.array(symbol).min(1),
  /** The first figure a reader sees. */
  finding: z.strictObject({
    /** Id of a recorded output. */
    output: text,
    /** One sentence: what to see in it. */
    caption: prose,
    /** Key of the control shown beside it on the front page. */
    control: text.optional(),
  }),
  /** Pages to read next; one that does not stand yet is not shown. */
  related: z.array(z.strictObject({ slug: text, why: prose })).default([]),
  /** What BibTeX needs beyond title, authors and year. */
  bibtex: z.strictObject({
    /** Entry type. */
    type: z.enum(['article', 'inproceedings', 'misc', 'book']),
    /** Citation key: "ramsauer2021hopfield". */
    key: z.string().regex(/^[\w:-]+$/, 'letters, digits, _, : and -, such as ramsauer2021hopfield'),
    /** Journal, for an article. */
    journal: text.optional(),
    /** Proceedings, for a conference paper. */
    booktitle: text.optional(),
    /** Year of publication where it differs from `year`. */
    year: z.number().int().optional(),
  }),
});
export type PaperData = z.infer<typeof paperSchema>;

/** The frontmatter of content/guide/*.md. */
export const guideSchema = z.strictObject({
  /** Heading of the page. */
  title: text,
  /** One sentence, for the list of guide pages and search engines. */
  summary: text,
  /** Place in the guide. */
  order: z.number(),
});

/** One folder of content/papers is one page, one address. */
const papers = defineCollection({
  loader: glob({
    base: './content/papers',
    pattern: only.length > 0 ? only.map((slug) => `${slug}/index.mdx`) : '*/index.mdx',
    generateId: ({ entry }) => entry.split('/')[0],
  }),
  schema: paperSchema,
});

/** One file of content/guide is one page of the guide. */
const guide = defineCollection({
  loader: glob({ base: './content/guide', pattern: '*.{md,mdx}' }),
  schema: guideSchema,
});

export const collections = { papers, guide };
