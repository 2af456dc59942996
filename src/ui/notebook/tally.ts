import type { CheckResult, Recording, Settings } from '../../protocol.ts';
import { settingInWords } from '../../render/index.ts';

type State = 'holds' | 'fails' | 'pending';

/** Keeps count of the checks on screen, and says it where the page states its verdict. */
export function createTally(section: HTMLElement, recording: Recording) {
  const checks = new Map(
    recording.checks.map(({ id, cell, holds }) => [
      id,
      { cell, state: (holds ? 'holds' : 'fails') as State },
    ]),
  );
  const rowOf = (id: string) => section.querySelector<HTMLElement>(`.check[data-check="${CSS.escape(id)}"]`);
  const count = (state: State) => [...checks.values()].filter((check) => check.state === state).length;

  function words(settings: Settings): string {
    const at = Object.keys(settings).length > 0 ? `with ${settingInWords(settings)}` : 'at the defaults';
    const recorded = recording.checks.filter(({ holds }) => holds).length;
    return `in this run, ${at}. Recorded: ${recorded} of ${recording.checks.length}`;
  }

  function write(settings: Settings): void {
    const place = document.querySelector('.finding [data-verdict]');
    if (!place || section.classList.contains('compact')) return;
    const number = document.createElement('b');
    number.textContent = `${count('holds')} of ${checks.size}`;
    place.replaceChildren(number, checks.size === 1 ? ' check holds' : ' checks hold');
    const now = document.querySelector<HTMLElement>('.finding [data-now]');
    if (now) Object.assign(now, { hidden: false, textContent: `${words(settings)} ` });
  }

  return {
    /** What a cell's checks said is no longer so. */
    begins(cell: string): void {
      for (const [id, check] of checks) {
        if (check.cell !== cell) continue;
        check.state = 'pending';
        rowOf(id)?.classList.add('pending');
      }
    },
    measured({ id, cell, holds }: CheckResult): void {
      checks.set(id, { cell, state: holds ? 'holds' : 'fails' });
    },
    /** The run is over: says how many hold. What was not measured says so in its row. */
    ends(settings: Settings): string {
      for (const [id, { state }] of checks) {
        const word = state === 'pending' && rowOf(id)?.querySelector('.verdict');
        if (word) word.textContent = 'not run';
      }
      write(settings);
      const missing = count('pending') ? `, ${count('pending')} not measured` : '';
      return checks.size > 0 ? `${count('holds')} of ${checks.size} checks hold${missing}` : '';
    },
  };
}
