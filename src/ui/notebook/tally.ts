import type { CheckResult, Recording, Settings } from '../../protocol.ts';
import { settingInWords } from '../../render/check.ts';

type State = 'holds' | 'fails' | 'pending';

/** Keeps count of the checks on screen, and says it where the page states its verdict. */
export function createTally(section: HTMLElement, recording: Recording) {
  const stateOf = ({ holds }: CheckResult): State => (holds ? 'holds' : 'fails');
  const checks = new Map<string, { check: CheckResult; state: State }>();
  for (const check of recording.checks) checks.set(check.id, { check, state: stateOf(check) });
  const rowOf = (id: string) => section.querySelector<HTMLElement>(`.check[data-check="${CSS.escape(id)}"]`);
  const count = (state: State) => [...checks.values()].filter((check) => check.state === state).length;

  function words(settings: Settings, edited: string[]): string {
    const set = Object.keys(settings).length > 0 ? `with ${settingInWords(settings)}` : 'at the defaults';
    const at =
      edited.length > 0 ? `${set}, and ${edited.map((cell) => `${cell}.ts`).join(', ')} edited` : set;
    const recorded = recording.checks.filter(({ holds }) => holds).length;
    return `in this run, ${at}. Recorded: ${recorded} of ${recording.checks.length}`;
  }

  function write(settings: Settings, edited: string[]): void {
    const compact = section.classList.contains('compact');
    const place = compact
      ? section.querySelector('[data-verdict]')
      : document.querySelector('.finding [data-verdict]');
    if (!place) return;
    const number = document.createElement('b');
    number.textContent = `${count('holds')} of ${checks.size}`;
    place.replaceChildren(number, checks.size === 1 ? ' check holds' : ' checks hold');
    const now = document.querySelector<HTMLElement>('.finding [data-now]');
    if (now && !compact) Object.assign(now, { hidden: false, textContent: `${words(settings, edited)} ` });
  }

  return {
    /** What a cell's checks said is no longer so. */
    begins(cell: string): void {
      for (const [id, known] of checks) {
        if (known.check.cell !== cell) continue;
        known.state = 'pending';
        rowOf(id)?.classList.add('pending');
      }
    },
    measured(check: CheckResult): void {
      checks.set(check.id, { check, state: stateOf(check) });
    },
    /** Every check there is, recorded or stated by a run since. */
    checks: (): CheckResult[] => [...checks.values()].map(({ check }) => check),
    /** The run is over, undisturbed: checks that an edit brought, and that no cell states any more, go. */
    drop(): void {
      const own = new Set(recording.checks.map(({ id }) => id));
      for (const [id, { state }] of checks) {
        if (own.has(id) || state !== 'pending') continue;
        checks.delete(id);
        rowOf(id)?.remove();
      }
    },
    /** What was measured, by check: all but what the last run left out. */
    measuredNow: (): Map<string, number | null> =>
      new Map(
        [...checks]
          .filter(([, { state }]) => state !== 'pending')
          .map(
            ([
              id,
              {
                check: { measured },
              },
            ]) => [id, Number.isFinite(measured) ? measured : null],
          ),
      ),
    /** The run is over: says how many hold. What was not measured says so in its row. */
    ends(settings: Settings, edited: string[] = []): string {
      for (const [id, { state }] of checks) {
        const word = state === 'pending' && rowOf(id)?.querySelector('.verdict');
        if (word) word.textContent = 'not run';
      }
      write(settings, edited);
      const missing = count('pending') ? `, ${count('pending')} not measured` : '';
      return checks.size > 0 ? `${count('holds')} of ${checks.size} checks hold${missing}` : '';
    },
  };
}
