import type { CellError, FromKernel, Recording, Verdict } from '../../protocol.ts';
import { offerOfWasm } from './backend-choice.ts';
import type { createBreaks } from './breaks.ts';
import { changed, compareOutputs } from './compare.ts';
import { keepPace } from './cost.ts';
import type { Listener } from './runner.ts';
import type { State } from './state.ts';
import type { createStatus } from './status.ts';
import type { createTally } from './tally.ts';
import type { createView } from './view.ts';
import { backendName, chipOf, phaseName, refusals, seconds } from './words.ts';

type Of<K extends FromKernel['type']> = Extract<FromKernel, { type: K }>;

/** The parts of a page that a run changes. */
interface Parts {
  section: HTMLElement;
  recording: Recording;
  state: State;
  view: ReturnType<typeof createView>;
  status: ReturnType<typeof createStatus>;
  tally: ReturnType<typeof createTally>;
  breaks: ReturnType<typeof createBreaks>;
}

/** What becomes of the page by what its kernel says. */
export function createListener({ section, recording, state, view, status, tally, breaks }: Parts): Listener {
  let verdict: Verdict | undefined;
  let shownIds = new Set<string>();
  /** Cells of this run that were up to date. */
  let kept = 0;

  const heard: { [K in FromKernel['type']]?: (message: Of<K>) => void } = {
    phase: ({ phase }) => status.phase(phaseName(phase)),
    opened(message) {
      verdict = message.verdict;
      status.backend(chipOf(verdict), refusals(message.tried), verdict.backend);
    },
    'run-start'() {
      shownIds = new Set();
      kept = 0;
    },
    'cell-start'({ cell }) {
      view.error(cell, undefined);
      view.busy(cell);
      tally.begins(cell);
    },
    'cell-kept'({ cell }) {
      kept += 1;
      for (const id of view.shownBy(cell)) shownIds.add(id);
    },
    control({ spec }) {
      state.controls.set(spec.key, spec);
      view.control(spec, state.now()[spec.key] ?? spec.value);
    },
    output({ shown }) {
      shownIds.add(shown.id);
      view.show(shown);
    },
    check({ check }) {
      tally.measured(check);
      view.check(check, state.isAtDefaults());
      breaks.mark();
    },
    progress: ({ label, done, total }) => status.progress(label, done, total),
    'cell-error': ({ cell, error }) => view.error(cell, error),
    'run-end'({ outcome, milliseconds }) {
      view.flush();
      view.busy(undefined);
      if (outcome !== 'stopped') view.keepOnly(shownIds);
      if (outcome === 'done') showBroken();
      status.ended(outcome, ranOn(verdict, milliseconds), tally.ends(state.now()));
      const whole = outcome === 'done' && state.isAtDefaults();
      if (verdict && whole && kept === 0) keepPace(recording, verdict, milliseconds, () => localStorage);
      status.offer(verdict && whole ? offerOfWasm(verdict, milliseconds, recording) : '');
      const detail = { outcome, milliseconds, backend: verdict?.backend };
      section.dispatchEvent(new CustomEvent('run-end', { bubbles: true, detail }));
    },
  };

  /** Under the row of a check that was broken on purpose: its figure from before and the one of now. */
  function showBroken(): void {
    const broken = breaks.current();
    const check = broken && recording.checks.find(({ id }) => id === broken.check);
    if (!broken || !check) return;
    const pair = changed(broken.outputs, view.outputsOf(check.cell));
    if (pair) view.beneath(check.id, compareOutputs(pair, broken.settings, view.width()));
  }

  return {
    message: (message) => (heard[message.type] as ((m: FromKernel) => void) | undefined)?.(message),
    broken({ message, hint }: CellError) {
      view.busy(undefined);
      status.broken(`${message[0].toUpperCase()}${message.slice(1)}. ${hint ?? ''}`);
    },
    silent: status.silent,
  };
}

/** "WebGPU (Apple M2), 1.2 s" */
function ranOn(verdict: Verdict | undefined, milliseconds: number): string {
  const took = seconds(milliseconds);
  if (!verdict) return took;
  return `${backendName(verdict)}${verdict.device ? ` (${verdict.device})` : ''}, ${took}`;
}
