import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import type { Mutant } from './stryker.ts';

/** Longer than any notebook takes; who does not end by then is noticed. */
const PATIENCE = 60_000;
const script = join(import.meta.dirname, 'notebook.ts');

/** The mutants that the checks of the paper's notebook let through: no cell fails and every check holds. */
export function survivorsOf(slug: string, mutants: Mutant[]): Mutant[] {
  return mutants.filter(({ damaged }) => {
    const { stdout } = spawnSync(process.execPath, [script, slug], {
      input: damaged,
      timeout: PATIENCE,
      encoding: 'utf8',
    });
    return stdout.trim().endsWith('alive');
  });
}
