import type { BackendName, ControlSpec, FromKernel, Settings, Verdict } from '../../protocol.ts';
import { settingInWords } from '../../render/index.ts';
import { keepBackend, offerOfWasm, wantedBackend } from './backend-choice.ts';
import { createBreaks } from './breaks.ts';
import type { ControlInput } from './control-value.ts';
import { bindControls } from './controls.ts';
import { createRunner } from './runner.ts';
import { queryOf, settingsOfQuery, withoutDefaults } from './settings.ts';
import { paper } from './site.ts';
import { createStatus } from './status.ts';
import { createTally } from './tally.ts';
import { createView } from './view.ts';
import { backendName, chipOf, phaseName, refusals, seconds } from './words.ts';

/** A notebook that is alive. */
export interface Live {
  run(force?: boolean): void;
  warm(): void;
  stop(): void;
  /** Another backend from now on, '' for the best there is; runs on it. */
  use(backend: string): void;
  /** A reader moved this input. */
  moved(input: ControlInput): void;
  /** A reader moved the slider of a figure. */
  scrub(range: HTMLInputElement): void;
  /** A reader pressed "Break it" or "Mend it" of a check. */
  breakIt(button: HTMLElement): void;
  /** Puts back what "Break it" changed. */
  mend(): void;
  /** Sets controls, others to their defaults, and runs. */
  set(settings: Settings): void;
}

/** Brings the notebook in `section` to life: it runs, stops, and follows its controls. */
export async function attach(section: HTMLElement): Promise<Live> {
  const { notebook, recording } = await paper(section.dataset.slug!);
  const controls = new Map<string, ControlSpec>(recording.controls.map((spec) => [spec.key, spec]));
  const query = new URLSearchParams(location.search);
  let settings: Settings = settingsOfQuery(location.search, [...controls.values()]);
  let verdict: Verdict | undefined;
  let shownIds = new Set<string>();
  const view = createView(section, recording);
  const status = createStatus(section);
  const tally = createTally(section, recording);
  const wanted = wantedBackend(query, () => localStorage);
  status.choice(wanted ?? '');
  const runner = createRunner(
    notebook,
    { message: hear, broken, silent: status.silent },
    {
      backend: wanted,
      allowSoftware: query.get('software') === 'true',
    },
  );

  const heard: { [K in FromKernel['type']]?: (message: Extract<FromKernel, { type: K }>) => void } = {
    phase: ({ phase }) => status.phase(phaseName(phase)),
    opened(message) {
      verdict = message.verdict;
      status.backend(chipOf(message.verdict), refusals(message.tried), message.verdict.backend);
    },
    'run-start': () => {
      shownIds = new Set();
    },
    'cell-start'({ cell }) {
      view.error(cell, undefined);
      view.busy(cell);
      tally.begins(cell);
    },
    'cell-kept': ({ cell }) => {
      for (const slot of section.querySelectorAll<HTMLElement>(
        `[data-cell="${CSS.escape(cell)}"] [data-output]`,
      ))
        shownIds.add(slot.dataset.output!);
    },
    control({ spec }) {
      controls.set(spec.key, spec);
      view.control(spec, settings[spec.key] ?? spec.value);
    },
    output({ shown }) {
      shownIds.add(shown.id);
      view.show(shown);
    },
    check({ check }) {
      tally.measured(check);
      view.check(check, Object.keys(settings).length === 0);
      breaks.mark();
    },
    progress: ({ label, done, total }) => status.progress(label, done, total),
    'cell-error': ({ cell, error }) => view.error(cell, error),
    'run-end': ended,
  };
  function hear(message: FromKernel): void {
    (heard[message.type] as ((m: FromKernel) => void) | undefined)?.(message);
  }

  function ended({ outcome, milliseconds }: Extract<FromKernel, { type: 'run-end' }>): void {
    view.flush();
    view.busy(undefined);
    if (outcome !== 'stopped') view.keepOnly(shownIds);
    status.ended(
      outcome,
      verdict
        ? `${backendName(verdict)}${verdict.device ? ` (${verdict.device})` : ''}, ${seconds(milliseconds)}`
        : seconds(milliseconds),
      tally.ends(settings),
    );
    const whole = outcome === 'done' && Object.keys(settings).length === 0;
    status.offer(verdict && whole ? offerOfWasm(verdict, milliseconds, recording) : '');
    section.dispatchEvent(
      new CustomEvent('run-end', { bubbles: true, detail: { outcome, backend: verdict?.backend } }),
    );
  }

  function broken(error: { kind: string; message: string; hint?: string }): void {
    view.busy(undefined);
    status.broken(`${error.message[0].toUpperCase()}${error.message.slice(1)}. ${error.hint ?? ''}`);
  }

  function run(force = false): void {
    settings = withoutDefaults(settings, [...controls.values()]);
    remember(settings, query);
    status.started();
    runner.run(settings, force);
  }

  function use(backend: string): void {
    keepBackend(backend, () => localStorage);
    query.delete('backend');
    runner.restart({ backend: (backend || undefined) as BackendName | undefined });
    status.choice(backend);
    run(true);
  }

  const bound = bindControls(section, controls, (key, value) => {
    settings = { ...settings, [key]: value };
    run();
  });
  const put = (next: Settings) => {
    settings = { ...next };
    bound.write(settings);
    run();
  };
  const breaks = createBreaks(section, () => settings, put);
  const set = (next: Settings) => {
    breaks.forget();
    put(next);
  };
  bound.write(settings);
  if (Object.keys(settings).length > 0) status.unlike(settingInWords(settings));
  return {
    run,
    warm: runner.warm,
    stop: runner.stop,
    use,
    moved: bound.moved,
    scrub: view.scrub,
    set,
    breakIt: breaks.toggle,
    mend: breaks.mend,
  };
}

/** Keeps the address true to what is on screen, where the browser lets a page do so. */
function remember(settings: Settings, kept: URLSearchParams): void {
  const own = new URLSearchParams(queryOf(settings));
  for (const key of ['backend', 'software']) if (kept.has(key)) own.set(key, kept.get(key)!);
  const query = own.toString();
  try {
    history.replaceState(
      history.state,
      '',
      `${location.pathname}${query ? `?${query}` : ''}${location.hash}`,
    );
  } catch {
    // A page from the disk may not change its address; nothing else depends on it.
  }
}
