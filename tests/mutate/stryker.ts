import { readFileSync } from 'node:fs';
import { Stryker } from '@stryker-mutator/core';

/** One small damage to a mechanism. */
export interface Mutant {
  /** Stryker's name for its kind, e.g. "ArithmeticOperator". */
  kind: string;
  /** Line of the author's text, from 1. */
  line: number;
  /** That line. */
  words: string;
  original: string;
  replacement: string;
  /** The whole text with the damage in it. */
  damaged: string;
  /** No test noticed it. */
  alive: boolean;
  /** Its tests did not end in time: noticed, unless the machine had too much else to do. */
  endless: boolean;
}

/** Place in a text, both from 1. */
interface Position {
  line: number;
  column: number;
}

/**
 * Every mutant of a paper's mechanism, after its tests have run on each. What does not compile or breaks the tests'
 * own start is left out.
 */
export async function mutantsOf(slug: string): Promise<Mutant[]> {
  const file = `content/papers/${slug}/mechanism.ts`;
  const text = readFileSync(file, 'utf8');
  const results = await new Stryker({
    mutate: [file],
    testRunner: 'vitest',
    plugins: ['@stryker-mutator/vitest-runner'],
    vitest: { configFile: 'tests/mutate/vitest.config.ts' },
    // Stryker would rewrite the project's with an API that TypeScript 7 no longer has; the tests need none.
    tsconfigFile: 'none',
    tempDirName: '.cache/stryker',
    ignorePatterns: ['dist', '.cache', 'test-results', 'look'],
    reporters: [],
    logLevel: 'error',
    concurrency: 2,
    timeoutMS: 20_000,
    disableTypeChecks: false,
    checkers: [],
    clearTextReporter: { allowColor: false },
  } as never).runMutationTest();
  return results
    .filter(({ status }) => !['CompileError', 'RuntimeError', 'Ignored'].includes(status))
    .map(({ mutatorName, location, replacement = '', status }) => {
      const [from, to] = [location.start, location.end].map((place) => offset(text, place));
      return {
        kind: mutatorName,
        line: location.start.line,
        words: text.split('\n')[location.start.line - 1].trim(),
        original: text.slice(from, to),
        replacement,
        damaged: text.slice(0, from) + replacement + text.slice(to),
        alive: status === 'Survived' || status === 'NoCoverage',
        endless: status === 'Timeout',
      };
    });
}

function offset(text: string, { line, column }: Position): number {
  const before = text.split('\n').slice(0, line - 1);
  return before.reduce((sum, words) => sum + words.length + 1, 0) + column - 1;
}
