import type { CellError, FromKernel, Recording, Verdict } from '../../protocol.ts';
import type { EditsOf } from '../edit/edits.ts';
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
  edits?: EditsOf;
  /** A run is over, or was broken off. */
  ended(outcome: 'done' | 'stopped' | 'error', on: string): void;
}

/** What becomes of the page by what its kernel says. */
export function createListener(parts: Parts): Listener {
  const { section, recording, state, view, status, tally, breaks, edits } = parts;
  let verdict: Verdict | undefined;
  let shownIds = new Set<string>();
  /** Cells of this run that were up to date. */
  let kept = 0;
  /** Controls that this run asked for, or that cells have which it kept. */
  const asked = new Set<string>();
  const edited = () => edits?.ran() ?? [];

  const heard: { [K in FromKernel['type']]?: (message: Of<K>) => void } = {
    phase: ({ phase }) => status.phase(phaseName(phase)),
    opened(message) {
      verdict = message.verdict;
      status.backend(chipOf(verdict), refusals(message.tried), verdict.backend);
    },
    'run-start'() {
      shownIds = new Set();
      kept = 0;
      asked.clear();
    },
    'cell-start'({ cell }) {
      view.error(cell, undefined);
      edits?.mark(cell, undefined);
      view.busy(cell);
      tally.begins(cell);
    },
    'cell-kept'({ cell }) {
      kept += 1;
      for (const spec of state.controls.values()) if (spec.cell === cell) asked.add(spec.key);
      for (const id of view.shownBy(cell)) shownIds.add(id);
    },
    control({ spec }) {
      asked.add(spec.key);
      state.know(spec);
      view.control(spec, state.now()[spec.key] ?? spec.value);
    },
    output({ shown }) {
      shownIds.add(shown.id);
      view.show(shown);
    },
    check({ check }) {
      tally.measured(check);
      view.check(check, { recorded: state.isAtDefaults(), edited: edited().length > 0 });
      breaks.mark();
    },
    progress: ({ label, done, total }) => status.progress(label, done, total),
    'cell-error'({ cell, error }) {
      view.error(cell, error);
      edits?.mark(cell, error);
      if (error.kind === 'syntax') void tellWhole(cell, error);
    },
    'run-end'(message) {
      const begun = status.begun();
      // The last figures are drawn one by one; the reader may begin another run meanwhile, whose end will be told.
      void view.flush().then(() => {
        if (status.begun() === begun) ends(message);
      });
    },
  };

  function ends({ outcome, milliseconds }: Of<'run-end'>): void {
    view.busy(undefined);
    view.settle();
    if (outcome !== 'stopped') view.keepOnly(shownIds);
    if (outcome === 'done') {
      dropControls();
      tally.drop();
      showBroken();
    }
    const by = edited();
    status.ended(outcome, ranOn(verdict, milliseconds), tally.ends(state.now(), by), by);
    const whole = outcome === 'done' && state.isAtDefaults() && by.length === 0;
    if (verdict && whole && kept === 0) keepPace(recording, verdict, milliseconds, () => localStorage);
    status.offer(verdict && whole ? offerOfWasm(verdict, milliseconds, recording) : '');
    parts.ended(outcome, verdict ? backendName(verdict) : '');
    const detail = { outcome, milliseconds, backend: verdict?.backend };
    section.dispatchEvent(new CustomEvent('run-end', { bubbles: true, detail }));
  }

  /** Controls that an edit brought, and that no cell asks for any more. */
  function dropControls(): void {
    const own = new Set(recording.controls.map(({ key }) => key));
    for (const key of [...state.controls.keys()].filter((key) => !own.has(key) && !asked.has(key))) {
      state.forget(key);
      view.dropControl(key);
    }
  }

  /** A text that the browser does not parse: with its line, once that is known. */
  async function tellWhole(cell: string, error: CellError): Promise<void> {
    const whole = await edits?.whole(cell, error);
    if (!whole) return;
    view.error(cell, whole);
    edits?.mark(cell, whole);
  }

  /** Under the row of a check that was broken on purpose: its figure from before and the one of now. */
  function showBroken(): void {
    const broken = breaks.current();
    const check = broken && recording.checks.find(({ id }) => id === broken.check);
    if (!broken || !check) return;
    const pair = changed(broken.outputs, view.outputsOf(check.cell));
    if (!pair) return;
    // What a figure cannot show it says in its own place.
    void compareOutputs(pair, broken.settings, view.width()).then(
      (panel) => breaks.current() === broken && view.beneath(check.id, panel),
      () => undefined,
    );
  }

  return {
    message: (message) => (heard[message.type] as ((m: FromKernel) => void) | undefined)?.(message),
    broken({ message, hint }: CellError) {
      view.busy(undefined);
      const end = /[.!?]$/.test(message) ? '' : '.';
      status.broken(`${message[0].toUpperCase()}${message.slice(1)}${end}${hint ? ` ${hint}` : ''}`);
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
