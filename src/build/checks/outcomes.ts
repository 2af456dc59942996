import type { Recording, Settings } from '../../protocol.ts';
import { comesOut, literal, type Outcome, recordedAt, settingsKey, settingsOfText } from '../outcomes.ts';
import type { PageSource } from '../page-source.ts';
import type { Problem } from '../problem.ts';

/**
 * What `<Try makes>` and `<Measured>` say that the recording does not bear out: runs that were not recorded, checks
 * that there are not, outcomes that did not occur. Their settings are checked before.
 */
export function outcomeProblems(slug: string, page: PageSource, recording: Recording): Problem[] {
  const unrecorded = missingRuns(slug, page, recording);
  if (unrecorded.length > 0) return unrecorded;
  return [
    ...page.tries.filter(({ makes }) => makes).flatMap((said) => promiseProblems(page, recording, said)),
    ...page.measured.flatMap(({ check }) =>
      unknownCheck(page, recording, `<Measured check="${check}">`, check),
    ),
  ];
}

function missingRuns(slug: string, page: PageSource, recording: Recording): Problem[] {
  const there = new Set(recording.tries?.map(({ set }) => settingsKey(set)));
  return settingsOfText(page)
    .filter((settings) => !there.has(settingsKey(settings)))
    .map((settings) => ({
      file: page.file,
      found: `settings that no recorded run had, ${JSON.stringify(settings)}`,
      expected: 'a run at every setting of <Try> and <Measured>',
      remedy: `run: npm run record ${slug}`,
    }));
}

function promiseProblems(
  page: PageSource,
  recording: Recording,
  { set, makes }: { set: string; makes: string },
): Problem[] {
  const where = `<Try set={${set}} makes={${makes}}>`;
  const promised = literal(makes);
  const entries = promised && typeof promised === 'object' ? Object.entries(promised) : [];
  if (entries.length === 0 || !entries.every(([, outcome]) => isOutcome(outcome)))
    return [
      {
        file: page.file,
        found: where,
        expected: "for each check 'holds', 'fails' or [low, high], such as makes={{ 'loss-falls': 'fails' }}",
        remedy: 'mend it',
      },
    ];
  return entries.flatMap(([check, outcome]) => {
    const unknown = unknownCheck(page, recording, where, check);
    if (unknown.length > 0) return unknown;
    const found = recordedAt(recording, literal(set) as Settings, check)!;
    if (comesOut(outcome, found)) return [];
    const came = `${check} at ${found.measured}, which ${found.holds ? 'holds' : 'fails'}`;
    return [
      {
        file: page.file,
        found: where,
        expected: `what came out: ${came}`,
        remedy: 'mend the text or the cell',
      },
    ];
  });
}

const isOutcome = (value: unknown): value is Outcome =>
  value === 'holds' ||
  value === 'fails' ||
  (Array.isArray(value) && value.length === 2 && value.every((end) => typeof end === 'number'));

function unknownCheck(page: PageSource, { checks }: Recording, found: string, check: string): Problem[] {
  if (checks.some(({ id }) => id === check)) return [];
  const expected = `one of the checks ${checks.map(({ id }) => id).join(', ')}`;
  return [{ file: page.file, found, expected, remedy: 'name one of them' }];
}
