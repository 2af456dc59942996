import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import yaml from 'js-yaml';
import { expect, test, vi } from 'vitest';
import { cases, patience } from '../../fuzz.ts';

vi.mock('astro/content/config', () => ({ defineCollection: (given: object) => given }));
vi.mock('astro/loaders', () => ({ glob: () => ({}) }));
const { paperSchema } = await import('../../../src/content.config.ts');

const papers = readdirSync('content/papers').map((slug) => {
  const [, head] = /^---\n([\s\S]*?)\n---/.exec(readFileSync(`content/papers/${slug}/index.mdx`, 'utf8'))!;
  return yaml.load(head) as Record<string, unknown>;
});
const refused = (given: unknown) => {
  const { success, error } = paperSchema.safeParse(given);
  if (success) return undefined;
  for (const issue of error.issues) expect(issue.message).not.toBe('');
  return error.issues.map(({ path }) => path.map(String).join('.'));
};

test('the frontmatter of every paper passes', () => {
  expect(papers.length).toBeGreaterThan(0);
  for (const paper of papers) expect(refused(paper)).toBeUndefined();
});

test(
  'anything at all is taken, or refused with a place and words; nothing throws',
  () => {
    fc.assert(
      fc.property(fc.anything({ withNullPrototype: true, withBigInt: true, withDate: true }), (given) => {
        expect(refused(given)).toBeDefined();
      }),
      { numRuns: cases },
    );
  },
  patience,
);

test(
  'one field that is of another kind, or one that nobody knows, is refused at its place',
  () => {
    const fields = Object.keys(papers[0]);
    const wrong = fc.oneof(
      fc.constant(null),
      fc.constant(Number.NaN),
      fc.constant(''),
      fc.constant([]),
      fc.boolean(),
      fc.constant(-1),
    );
    fc.assert(
      fc.property(fc.constantFrom(...papers), fc.constantFrom(...fields), wrong, (paper, field, value) => {
        if (field === 'related' && Array.isArray(value)) return;
        expect(refused({ ...paper, [field]: value })?.some((path) => path.startsWith(field))).toBe(true);
      }),
      { numRuns: cases },
    );
    fc.assert(
      fc.property(fc.constantFrom(...papers), fc.string({ minLength: 1 }), (paper, name) => {
        if (name in paperSchema.shape || name === '__proto__') return;
        expect(refused({ ...paper, [name]: 1 })).toBeDefined();
      }),
      { numRuns: cases },
    );
  },
  patience,
);
