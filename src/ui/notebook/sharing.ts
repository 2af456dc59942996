import type { Recording } from '../../protocol.ts';
import { settingInWords } from '../../render/check.ts';
import type { EditsOf } from '../edit/edits.ts';
import { copyBox } from '../share/copy.ts';
import { type Shared, sharedOf } from '../share/format.ts';
import { linkPanel } from '../share/panel.ts';
import { isShared, opening } from './opening.ts';
import { queryOf, withoutDefaults } from './settings.ts';
import type { State } from './state.ts';
import type { createTally } from './tally.ts';

interface Parts {
  section: HTMLElement;
  recording: Recording;
  state: State;
  tally: ReturnType<typeof createTally>;
  edits: EditsOf;
  /** The backend that the reader chose; '' for none. */
  backend(): string;
  run(): void;
}

/** The notebook's links: what one brought, and what the next one takes along. */
export function createSharing({ section, recording, state, tally, edits, backend, run }: Parts) {
  let shared: Shared | undefined;
  /** What the run is of that is on. */
  let began = '';
  /** What the last whole run was of, and on: its values go into a link only while that is still on screen. */
  let ran: { of: string; on: string } | undefined;
  const copy = copyBox(section);
  const panel = linkPanel({
    section,
    claim: (id) => tally.checks().find((check) => check.id === id)?.claim,
    accept() {
      edits.accept();
      run();
      show();
    },
    decline() {
      edits.decline();
      leave();
      if (shared) shared.edits = {};
      show();
    },
    dismiss() {
      leave();
      shared = undefined;
      panel.remove();
    },
  });
  const known = new Set(recording.controls.map(({ key }) => key).concat('seed'));
  // As words: what the address says of a control becomes a value of its kind once a cell asks for it.
  const subject = () =>
    JSON.stringify([Object.entries(state.now()).map(([key, value]) => `${key}=${value}`), edits.texts()]);

  function show(): void {
    if (!shared) return;
    const waits = edits.isPending() ? Object.keys(shared.edits) : [];
    const here = ran ? tally.measuredNow() : new Map<string, number | null>();
    panel.show(shared, { here, waits, samePage: shared.page === recording.sources });
  }

  /** Takes the link's part out of the address: a reload then shows the page without it. */
  function leave(): void {
    if (!isShared(location.hash)) return;
    try {
      history.replaceState(history.state, '', location.pathname + location.search);
    } catch {
      // A page from the disk may not change its address: the link is there again after a reload.
    }
  }

  function measured(): { values: Map<string, number | null>; on: string } {
    const now = state.now();
    if (ran?.of === subject()) return { values: tally.measuredNow(), on: ran.on };
    const recorded = !ran && Object.keys(now).length === 0 && edits.names().length === 0;
    return recorded
      ? { values: tally.measuredNow(), on: `${recording.environment}, as recorded` }
      : { values: new Map(), on: '' };
  }

  return {
    /** Brings back what the address carries and what is kept on this device. Says what it cannot. */
    async restore(): Promise<void> {
      try {
        shared = await sharedOf(opening().fragment);
        mustKnow(shared);
      } catch (error) {
        shared = undefined;
        panel.refuse((error as Error).message);
      }
      try {
        await edits.restore(shared?.edits);
      } catch (error) {
        panel.refuse(
          `The editor could not be loaded (${(error as Error).message}): what is shown and runs is the text of the site. Edits that are kept on this device stay there; reload to see them.`,
        );
        return;
      }
      if (edits.names().length > 0) state.open(shared?.set ?? {});
      show();
    },
    /** A link's code waits for its click: shows where. */
    holds(): boolean {
      if (edits.isPending()) panel.attention();
      return edits.isPending();
    },
    /** A run begins; a reader may move a control or type while it goes on. */
    started(): void {
      began = subject();
    },
    ended(outcome: 'done' | 'stopped' | 'error', on: string): void {
      ran = outcome === 'stopped' ? undefined : { of: began, on };
      show();
    },
    async copy(): Promise<void> {
      const settings = withoutDefaults(state.now(), [...state.controls.values()]);
      const query = new URLSearchParams(queryOf(settings));
      if (backend()) query.set('backend', backend());
      const { values, on } = measured();
      await copy({
        query: query.size > 0 ? `?${query}` : '',
        settings: settingInWords(settings),
        page: recording.sources,
        on,
        measured: Object.fromEntries(values),
        set: Object.fromEntries(
          Object.entries(settings)
            .filter(([key]) => !known.has(key))
            .map(([key, value]) => [key, String(value)]),
        ),
        edits: edits.texts(),
      });
    },
  };

  /** @throws when a link's code is of cells that this page does not have: it is another page's. */
  function mustKnow(link: Shared | undefined): void {
    const stranger = Object.keys(link?.edits ?? {}).find(
      (name) => !section.querySelector(`[data-cell="${CSS.escape(name)}"]`),
    );
    if (stranger)
      throw new Error(
        `This link brings a text of ${stranger}.ts, which this page does not have, so nothing of it is used. Was it made on another page?`,
      );
  }
}
