import { pageSections } from '../page-sections.ts';
import type { PageSource } from '../page-source.ts';
import type { Problem } from '../problem.ts';

/** A page whose sections are not the fixed ones in the fixed order, or have other words than the list of contents. */
export function sectionProblems(page: PageSource): Problem[] {
  const fixed: string[] = pageSections.map((section) => section.id);
  const at = fixed.findIndex((id, i) => page.sections[i]?.id !== id);
  if (at < 0 && page.sections.length === fixed.length) return titleProblems(page);
  const found = page.sections.map(({ id }) => id || 'a heading without {#id}').join(', ');
  return [
    {
      file: page.file,
      found: `the sections ${found || '(none)'}`,
      expected: fixed.join(', '),
      remedy: 'give each second-level heading its {#id} and keep the order; finer headings use ###',
    },
  ];
}

function titleProblems(page: PageSource): Problem[] {
  return pageSections.flatMap(({ id, title }, i) => {
    const found = page.sections[i].title;
    if (found === undefined || found === title) return [];
    return [
      {
        file: page.file,
        found: `the heading "${found}" of {#${id}}`,
        expected: `"${title}", as in the list of contents`,
        remedy: 'take these words; what else there is to say goes under a ### heading',
      },
    ];
  });
}
