import { paperSchema } from '../../content.config.ts';
import type { PageSource } from '../page-source.ts';
import type { Problem } from '../problem.ts';

/** Frontmatter that the schema does not take: one problem a field. */
export function frontmatterProblems(page: PageSource): Problem[] {
  if (page.frontmatterError) return [yamlProblem(page)];
  const result = paperSchema.safeParse(page.frontmatter);
  if (result.success) return [];
  return result.error.issues.map((issue) => fieldProblem(page, issue));
}

const yamlProblem = (page: PageSource): Problem => ({
  file: page.file,
  found: `frontmatter that is no YAML (${page.frontmatterError})`,
  expected: 'the fields of src/content.config.ts between two lines of ---',
  remedy: 'quote values that hold a colon or start with a bracket',
});

interface Issue {
  code?: string;
  path: PropertyKey[];
  message: string;
  keys?: string[];
}

function fieldProblem(page: PageSource, issue: Issue): Problem {
  const field = issue.path.join('.') || 'frontmatter';
  if (issue.code === 'unrecognized_keys') return unknownField(page, field, issue.keys ?? []);
  const value = issue.path.reduce<any>((at, key) => at?.[key], page.frontmatter);
  return {
    file: page.file,
    found: value === undefined ? `no ${field}` : `${field}: ${JSON.stringify(value)}`,
    expected: wish(issue.message),
    remedy: `mend "${field}" in the frontmatter`,
  };
}

const unknownField = (page: PageSource, field: string, keys: string[]): Problem => ({
  file: page.file,
  found: `the unknown field "${keys.join('", "')}" in ${field}`,
  expected: 'only fields that src/content.config.ts describes',
  remedy: 'rename or remove it',
});

/** Zod says "Invalid input: expected string, received undefined"; the first half is enough here. */
const wish = (message: string): string =>
  message
    .replace(/^Invalid (?:input|option|string): /, '')
    .replace(/^expected /, '')
    .replace(/, received .*$/, '');
