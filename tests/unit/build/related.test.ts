import { expect, test } from 'vitest';
import { relatedPapers } from '../../../src/build/related.ts';

const paper = (id: string, ...related: string[]) => ({
  id,
  data: {
    title: id.toUpperCase(),
    summary: `what ${id} is`,
    related: related.map((slug) => ({ slug, why: `why ${slug}` })),
  },
});

test('a page leads to the papers it names and to those that name it, once each', () => {
  const papers = [paper('a', 'b', 'not-written'), paper('b', 'a'), paper('c', 'a', 'b'), paper('d')];
  expect(relatedPapers('a', papers)).toEqual([
    { slug: 'b', title: 'B', why: 'why b' },
    { slug: 'c', title: 'C', why: 'what c is' },
  ]);
  expect(relatedPapers('d', papers)).toEqual([]);
});
