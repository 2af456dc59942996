import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Mutant } from './stryker.ts';

/** Longer than any notebook takes; who does not end by then is noticed. */
const PATIENCE = 60_000;
const script = join(import.meta.dirname, 'notebook.ts');

/** What the notebook's checks say of a mechanism: "alive" if all hold; "dead" also for who throws, or does not end. */
function verdictOn(slug: string, mechanism: string): 'alive' | 'dead' {
  const { stdout } = spawnSync(process.execPath, [script, slug], {
    input: mechanism,
    timeout: PATIENCE,
    encoding: 'utf8',
  });
  return stdout.trim().endsWith('alive') ? 'alive' : 'dead';
}

/**
 * The mutants that the checks of the paper's notebook let through: no cell fails and every check holds.
 * @throws when that is not so of the mechanism as it stands: then every damage would seem to be noticed.
 */
export function survivorsOf(slug: string, mutants: Mutant[]): Mutant[] {
  if (mutants.length === 0) return [];
  const whole = readFileSync(`content/papers/${slug}/mechanism.ts`, 'utf8');
  if (verdictOn(slug, whole) === 'dead')
    throw new Error(
      `${slug}: the checks do not hold with the mechanism as it stands; run npm test -- ${slug}`,
    );
  return mutants.filter(({ damaged }) => verdictOn(slug, damaged) === 'alive');
}
