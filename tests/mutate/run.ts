/**
 * `npm run mutate [-- <slug> …]`: damages `content/papers/<slug>/mechanism.ts` in every small way that Stryker knows,
 * one at a time, and counts the damages that its tests, or else the checks of its notebook, do not notice. Those that
 * change no number are named, each with its reason, in `tests/mutate/<slug>.json`. Ends with 1 where fewer than nine
 * of ten of the others die.
 */
import { existsSync, readdirSync } from 'node:fs';
import { survivorsOf } from './checks.ts';
import { type Excuse, excusesOf, nameOf } from './excuses.ts';
import { mutantsOf } from './stryker.ts';

const BAR = 0.9;
const standing = readdirSync('content/papers').filter(
  (slug) => existsSync(`content/papers/${slug}/mechanism.ts`) && existsSync(`tests/papers/${slug}.test.ts`),
);
const words = process.argv.slice(2);
const unknown = words.filter((word) => !standing.includes(word));
if (unknown.length > 0) {
  console.error(
    `npm run mutate: ${unknown.join(', ')} is no paper with a mechanism and tests. Papers: ${standing.join(', ')}`,
  );
  process.exit(2);
}

interface Row {
  slug: string;
  counted: number;
  byTests: number;
  byChecks: number;
  excused: number;
}
const rows: Row[] = [];
const share = ({ byTests, byChecks, counted }: Row) => (counted === 0 ? 1 : (byTests + byChecks) / counted);

for (const slug of words.length > 0 ? words : standing) {
  const mutants = await mutantsOf(slug);
  const excuses: Excuse[] = excusesOf(slug);
  const isExcused = (name: string) => excuses.some(({ mutant }) => mutant === name);
  const alive = mutants.filter(({ alive }) => alive);
  const asked = alive.filter((mutant) => !isExcused(nameOf(mutant)));
  const survivors = survivorsOf(slug, asked);
  const excused = alive.length - asked.length;
  const endless = mutants.filter(({ endless }) => endless).length;
  const unended = endless > 0 ? ` (${endless} of them did not end)` : '';
  const row = {
    slug,
    counted: mutants.length - excused,
    byTests: mutants.length - alive.length,
    byChecks: asked.length - survivors.length,
    excused,
  };
  rows.push(row);
  console.log(
    `${slug}: ${mutants.length} mutants, ${row.byTests} found by tests${unended}, ${row.byChecks} by checks, ${excused} excused: ${share(row).toFixed(3)}`,
  );
  for (const mutant of survivors) console.log(`  alive, line ${mutant.line}: ${nameOf(mutant)}`);
  for (const { mutant } of excuses)
    if (!alive.some((other) => nameOf(other) === mutant)) console.log(`  excused, but dies: ${mutant}`);
}

const missed = rows.filter((row) => share(row) < BAR);
console.log(
  missed.length === 0
    ? `\nAt least ${BAR} of the mutants of ${rows.length} mechanisms die.`
    : `\nFewer than ${BAR} die: ${missed.map((row) => `${row.slug} ${share(row).toFixed(3)}`).join(', ')}`,
);
process.exit(missed.length === 0 ? 0 : 1);
