import { type guideSchema, paperSchema } from '../../content.config.ts';
import type { PageSource } from '../page-source.ts';
import type { Problem } from '../problem.ts';

type Schema = typeof paperSchema | typeof guideSchema;

/** Frontmatter that the schema does not take: one problem a field. */
export function frontmatterProblems(page: PageSource, schema: Schema = paperSchema): Problem[] {
  if (page.frontmatterError) return [yamlProblem(page)];
  if (!page.frontmatter || Object.keys(page.frontmatter).length === 0) return [noFrontmatter(page)];
  const result = schema.safeParse(page.frontmatter);
  if (result.success) return [];
  return result.error.issues.map((issue) => fieldProblem(page, issue));
}

const noFrontmatter = (page: PageSource): Problem => ({
  file: page.file,
  found: 'no frontmatter',
  expected: 'the fields of src/content.config.ts between two lines of ---, the first of them line 1',
  remedy: 'begin with those of another page',
});

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
  const field = placeOf(issue.path);
  if (issue.code === 'unrecognized_keys') return unknownField(page, field, issue.keys ?? []);
  const value = issue.path.reduce<any>((at, key) => at?.[key], page.frontmatter);
  const missing = value === undefined;
  return {
    file: page.file,
    found: missing ? `no ${field}` : `${field}: ${JSON.stringify(value)}`,
    expected: wish(issue.message),
    remedy: `${missing ? 'add' : 'mend'} it in the frontmatter`,
  };
}

/** ['symbols', 0, 'shape'] as "shape in entry 1 of symbols". */
function placeOf(path: PropertyKey[]): string {
  const at = path.findIndex((key) => typeof key === 'number');
  if (at < 0) return path.join('.') || 'the frontmatter';
  const inside = path.slice(at + 1).join('.');
  return `${inside ? `${inside} in ` : ''}entry ${Number(path[at]) + 1} of ${path.slice(0, at).join('.')}`;
}

const unknownField = (page: PageSource, field: string, keys: string[]): Problem => ({
  file: page.file,
  found: `the unknown field "${keys.join('", "')}" in ${field}`,
  expected: 'only fields that src/content.config.ts describes',
  // Inside of braces a comma begins another field.
  remedy:
    field.startsWith('entry') || field === 'finding'
      ? 'rename or remove it; a text with a comma stands in quotes'
      : 'rename or remove it',
});

const kinds: Record<string, string> = {
  string: 'text (numbers in quotes)',
  number: 'a number without quotes',
  int: 'a whole number',
  array: 'a list',
  object: 'a group of fields',
};

/**
 * Zod says "Invalid input: expected string, received undefined", "Too small: expected number to be >=1950"; what it
 * expects is enough here, in an author's words. The schema brings its own words where a pattern is meant.
 */
function wish(message: string): string {
  const expected = message
    .replace(/^[A-Z][\w ]*: /, '')
    .replace(/^expected /, '')
    .replace(/, received .*$/, '');
  if (/^string to have >=1 /.test(expected)) return 'text that is not empty';
  if (/^array to have >=1 /.test(expected)) return 'a list of at least one entry';
  return (kinds[expected] ?? expected)
    .replace(/^number to be >=?/, 'a number of at least ')
    .replace(/^number to be <=?/, 'a number of at most ')
    .replaceAll('"|"', '", "');
}
