import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { findBrowser } from '../../src/tools/browser.ts';
import { reportFile, root, run, say, together } from './command.ts';
import { add, failure, mustExplain, nothing, type Options, type Outcome } from './layer.ts';
import { workshopOf } from './options.ts';
import { fromPlaywright, fromVitest } from './reports.ts';

const projects = ['build', 'ui', 'kernel', 'cells'];

async function step(
  words: string,
  script: string,
  args: string[],
  env: Record<string, string> = {},
): Promise<Outcome> {
  const exit = await run(script, args, env);
  const outcome = exit === 0 ? { ...nothing, passed: 1 } : failure(words);
  say(`${outcome.failed ? '✗' : '✓'} ${words}`);
  return outcome;
}

/** What the compiler knows of the last time: it looks at what has changed since. */
const types = (name: string) =>
  step(`types: ${name}`, 'typescript/bin/tsc', [
    ...['-p', `tsconfig.${name}.json`],
    ...['--incremental', '--tsBuildInfoFile', `.cache/types/${name}.tsbuildinfo`],
  ]);

/**
 * Types of the four worlds, lint, format, imports of cells. The content types are made first: a fresh checkout has
 * none. Of single papers only what their author writes is looked at: types of cells and tests, the files' form;
 * the content types of the last time will do.
 */
export async function check({ slugs }: Options): Promise<Outcome> {
  const typed = slugs.length > 0 && existsSync(join(root, '.astro/content.d.ts'));
  const outcomes = typed ? [] : [await step('content types', 'astro/bin/astro.mjs', ['sync'])];
  const written = slugs.flatMap((slug) => [`content/papers/${slug}`, `tests/papers/${slug}.test.ts`]);
  const works = [
    ...(slugs.length ? ['build', 'cells'] : projects).map((name) => () => types(name)),
    () =>
      step('lint and format', '@biomejs/biome/bin/biome', [
        ...['ci', '--diagnostic-level=error', '--no-errors-on-unmatched'],
        ...written,
      ]),
    () => step('imports of cells', '../src/tools/pack-imports.ts', ['--check']),
  ];
  for (let at = 0; at < works.length; at += 2) outcomes.push(...(await together(works.slice(at, at + 2))));
  return add(outcomes);
}

/** The site, into `dist/`; of a few papers, as far as the tests open it, into a workshop. */
export const build = (options: Options) =>
  step('build', 'astro/bin/astro.mjs', ['build'], workshopOf(options).build);

const isEmpty = (layer: string) => {
  const folder = join(root, 'tests', layer);
  return !existsSync(folder) || readdirSync(folder).length === 0;
};

function missingTests(slugs: string[]): string[] {
  const missing = slugs.filter((slug) => !existsSync(join(root, `tests/papers/${slug}.test.ts`)));
  for (const slug of missing)
    say(`✗ tests/papers/${slug}.test.ts does not exist: write what makes its mechanism right.`);
  return missing;
}

const envOf = ({ slugs, all, author }: Options) => ({
  PAPERS: slugs.join(','),
  ALL: all ? '1' : '',
  AUTHOR: author && !all ? '1' : '',
});

async function runVitest(layer: string, files: string[], options: Options): Promise<Outcome> {
  const report = reportFile(layer);
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report.path}`];
  const exit = await run(
    'vitest/vitest.mjs',
    ['run', '--project', layer, ...reporters, ...files],
    envOf(options),
  );
  return mustExplain(fromVitest(report.read() as Parameters<typeof fromVitest>[0]), exit);
}

async function papers(options: Options): Promise<Outcome> {
  const missing = missingTests(options.slugs);
  const files = options.slugs
    .filter((slug) => !missing.includes(slug))
    .map((slug) => `tests/papers/${slug}.test.ts`);
  const outcome = options.slugs.length && !files.length ? nothing : await runVitest('papers', files, options);
  return add([outcome, ...missing.map((slug) => failure(`tests/papers/${slug}.test.ts does not exist`))]);
}

/** A layer of vitest. */
export async function inNode(layer: string, options: Options): Promise<Outcome> {
  if (layer === 'papers' && options.slugs.length) return papers(options);
  if (!isEmpty(layer)) return runVitest(layer, [], options);
  say(`tests/${layer} is empty`);
  return nothing;
}

/** Where tests of every paper stand: the other files need not be read for one. */
export const ofPapers: Record<string, string[]> = { site: ['every-page.spec', 'reading.spec', 'take.spec'] };

/** A layer of Playwright, on the site as it was `built`. */
export async function inBrowser(layer: string, options: Options, built: boolean): Promise<Outcome> {
  if (isEmpty(layer)) {
    say(`tests/${layer} is empty`);
    return nothing;
  }
  if (!built) say('not run: there is no build to look at');
  const browser = built && (await findBrowser());
  if (!browser) return failure(built ? 'no browser to look with' : 'no build to look at');
  const report = reportFile(layer);
  const env = {
    ...envOf(options),
    ...workshopOf(options).look,
    PLAYWRIGHT_JSON_OUTPUT_NAME: report.path,
  };
  // A core is left to the other lane.
  const only = options.author ? [...(ofPapers[layer] ?? []), '--grep=@paper', '--workers=1'] : [];
  const args = ['test', `--project=${layer}`, '--reporter=list,json', ...only];
  const exit = await run('playwright/cli.js', args, env);
  return mustExplain(fromPlaywright(report.read() as Parameters<typeof fromPlaywright>[0]), exit);
}
