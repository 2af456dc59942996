import type { BackendName, Settings } from '../../protocol.ts';
import { settingInWords } from '../../render/check.ts';
import { warmDrawing } from '../draw/figure.ts';
import { createEdits } from '../edit/edits.ts';
import { createPanel } from '../probe/panel.ts';
import { keepBackend, wantedBackend } from './backend-choice.ts';
import { createBreaks } from './breaks.ts';
import type { ControlInput } from './control-value.ts';
import { bindControls } from './controls.ts';
import { costHere, foretold, knownPace } from './cost.ts';
import { createListener } from './listener.ts';
import { createRunner } from './runner.ts';
import { createSharing } from './sharing.ts';
import { paper } from './site.ts';
import { createState } from './state.ts';
import { createStatus } from './status.ts';
import { createTally } from './tally.ts';
import { createView, sentenceOf } from './view.ts';

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
  /** Opens the panel that sweeps a check, with this one chosen. */
  sweep(check: string | undefined): void;
  /** Opens a cell for editing. */
  edit(cell: string): void;
  /** Copies a link that brings all of this to another reader. */
  share(): void;
  /** Sets controls, others to their defaults, and runs. */
  set(settings: Settings): void;
}

/** What a kernel will run on, as far as can be told without one: the backend chosen, else the best there is. */
async function likely(chosen?: BackendName): Promise<{ backend: BackendName; software: boolean }> {
  const adapter = await navigator.gpu?.requestAdapter().catch(() => null);
  const software = Boolean(adapter?.info.isFallbackAdapter);
  return { backend: chosen ?? (adapter && !software ? 'webgpu' : 'wasm'), software };
}

/** Brings the notebook in `section` to life: it runs, stops, and follows its controls. */
export async function attach(section: HTMLElement): Promise<Live> {
  const { notebook, recording } = await paper(section.dataset.slug!);
  const state = createState(recording.controls);
  const view = createView(section, recording);
  const status = createStatus(section);
  const tally = createTally(section, recording);
  const controls = bindControls(section, state.controls, (key, value) => {
    state.put({ ...state.now(), [key]: value });
    run();
  });
  const put = (settings: Settings) => {
    state.put(settings);
    controls.write(settings);
    run();
  };
  const outputsOf = (id: string) => {
    const check = recording.checks.find((one) => one.id === id);
    return check ? view.outputsOf(check.cell) : [];
  };
  const breaks = createBreaks(section, state.now, put, outputsOf);
  const storage = () => localStorage;
  const edits = createEdits({ section, notebook, storage, run: () => run(), error: view.error });
  const sharing = createSharing({
    section,
    recording,
    state,
    tally,
    edits,
    backend: () => chosen,
    run: () => run(),
  });
  const { ended } = sharing;
  const listener = createListener({ section, recording, state, view, status, tally, breaks, edits, ended });
  const backend = wantedBackend(state.query, storage);
  let chosen: string = backend ?? '';
  const allowSoftware = state.query.get('software') === 'true';
  const runner = createRunner(notebook, listener, { backend, allowSoftware });

  let runs = 0;

  function run(force = false): void {
    if (sharing.holds()) return;
    const texts = edits.now();
    if ('refusal' in texts) {
      const { cell, error } = texts.refusal;
      view.error(cell, error);
      edits.mark(cell, error);
      status.broken(`Nothing was run. ${sentenceOf(cell, error)}`);
      return;
    }
    runner.use(texts.notebook);
    const settings = state.keep();
    sharing.started();
    runs += 1;
    status.started();
    runner.run(settings, force);
  }

  /** Says what the first run will cost on this device. */
  async function tellCost(): Promise<void> {
    const on = await likely(backend);
    if (runs === 0)
      status.cost(
        costHere(
          foretold(
            recording,
            on,
            knownPace(() => localStorage),
          ),
        ),
      );
  }

  function use(name: string): void {
    keepBackend(name, storage);
    chosen = name;
    state.query.delete('backend');
    runner.restart({ backend: (name || undefined) as BackendName | undefined });
    status.choice(name);
    run(true);
  }

  let panel: ReturnType<typeof createPanel> | undefined;
  status.choice(backend ?? '');
  state.put({ ...state.now(), ...controls.touched() });
  controls.write(state.now());
  void tellCost();
  if (!section.classList.contains('compact')) await sharing.restore();
  if (!state.isAtDefaults()) status.unlike(settingInWords(state.now()));
  return {
    run,
    warm() {
      runner.warm();
      warmDrawing();
    },
    stop: runner.stop,
    use,
    moved: controls.moved,
    scrub: view.scrub,
    set(settings) {
      breaks.forget();
      put(settings);
    },
    breakIt: breaks.toggle,
    mend: breaks.mend,
    edit: (cell) =>
      void edits.open(cell).catch((error: Error) =>
        view.error(cell, {
          kind: 'missing',
          message: `the editor cannot be opened: ${error.message}`,
          hint: 'Press Edit to try again.',
        }),
      ),
    share: () => void sharing.copy(),
    sweep(check) {
      if (sharing.holds()) return;
      if (!panel) {
        panel = createPanel({
          section,
          get notebook() {
            const texts = edits.now();
            return 'notebook' in texts ? texts.notebook : notebook;
          },
          checks: tally.checks,
          controls: () => [...state.controls.values()],
          settings: state.now,
        });
        section.append(panel.panel);
      }
      panel.open(check);
    },
  };
}
