import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { findBrowser } from '../../src/tools/browser.ts';
import { reportFile, root, run } from './command.ts';
import { add, mustExplain, nothing, type Options, type Outcome, oneFailure } from './layer.ts';
import { workshopOf } from './options.ts';
import { fromPlaywright, fromVitest } from './reports.ts';

const projects = ['build', 'ui', 'kernel', 'cells'];
const asOutcome = (exit: number): Outcome => (exit === 0 ? { ...nothing, passed: 1 } : oneFailure);

async function step(
  words: string,
  script: string,
  args: string[],
  env: Record<string, string> = {},
): Promise<Outcome> {
  const outcome = asOutcome(await run(script, args, env));
  console.log(`${outcome.failed ? '✗' : '✓'} ${words}`);
  return outcome;
}

/** Types of the four worlds, lint, format, imports of cells. The content types are made first: a fresh checkout has none. */
export async function check(): Promise<Outcome> {
  const outcomes = [await step('content types', 'astro/bin/astro.mjs', ['sync'])];
  for (const name of projects) {
    outcomes.push(await step(`types: ${name}`, 'typescript/bin/tsc', ['-p', `tsconfig.${name}.json`]));
  }
  outcomes.push(
    await step('lint and format', '@biomejs/biome/bin/biome', ['ci', '--diagnostic-level=error']),
  );
  outcomes.push(await step('imports of cells', '../src/tools/pack-imports.ts', ['--check']));
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
    console.log(`✗ tests/papers/${slug}.test.ts does not exist: write what makes its mechanism right.`);
  return missing;
}

const envOf = ({ slugs, all }: Options) => ({ PAPERS: slugs.join(','), ALL: all ? '1' : '' });

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
  return { ...outcome, failed: outcome.failed + missing.length };
}

/** A layer of vitest. */
export async function inNode(layer: string, options: Options): Promise<Outcome> {
  if (layer === 'papers' && options.slugs.length) return papers(options);
  if (!isEmpty(layer)) return runVitest(layer, [], options);
  console.log(`tests/${layer} is empty`);
  return nothing;
}

/** A layer of Playwright, on the site as it was `built`. */
export async function inBrowser(layer: string, options: Options, built: boolean): Promise<Outcome> {
  if (isEmpty(layer)) {
    console.log(`tests/${layer} is empty`);
    return nothing;
  }
  if (!built) console.log('not run: there is no build to look at');
  const browser = built && (await findBrowser());
  if (!browser) return oneFailure;
  const report = reportFile(layer);
  const env = {
    ...envOf(options),
    ...workshopOf(options).look,
    PLAYWRIGHT_JSON_OUTPUT_NAME: report.path,
  };
  const exit = await run('playwright/cli.js', ['test', `--project=${layer}`, '--reporter=list,json'], env);
  return mustExplain(fromPlaywright(report.read() as Parameters<typeof fromPlaywright>[0]), exit);
}
