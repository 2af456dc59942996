import type { ControlSpec, Settings } from '../../protocol.ts';
import { opening } from './opening.ts';
import { parsed, queryOf, settingsOfQuery, withoutDefaults } from './settings.ts';

/** The settings of a notebook: begun by the address, changed by the reader, and kept in the address again. */
export function createState(specs: ControlSpec[]) {
  const { query: begun } = opening();
  const query = new URLSearchParams(begun);
  const controls = new Map<string, ControlSpec>(specs.map((spec) => [spec.key, spec]));
  let settings: Settings = settingsOfQuery(begun, specs);
  return {
    query,
    controls,
    now: () => settings,
    isAtDefaults: () => Object.keys(settings).length === 0,
    /** Cells are edited: controls that only they have are set by the address, too, and by a link's `further`. */
    open(further: Record<string, string>): void {
      const asked = settingsOfQuery(begun, [...controls.values()], true);
      // What a reader has moved since comes last.
      settings = { ...asked, ...further, ...settings };
    },
    /** A cell asked for a control: what the address says of one that was unknown becomes a value of its kind. */
    know(spec: ControlSpec): void {
      controls.set(spec.key, spec);
      const said = settings[spec.key];
      const value = typeof said === 'string' ? parsed(said, spec) : undefined;
      if (value !== undefined) settings = { ...settings, [spec.key]: value };
    },
    /** No cell asks for this control any more. */
    forget(key: string): void {
      controls.delete(key);
      const { [key]: _, ...others } = settings;
      settings = others;
    },
    put(next: Settings): void {
      settings = { ...next };
    },
    /** What differs from the defaults of the controls there are, which the address then says too. */
    keep(): Settings {
      settings = withoutDefaults(settings, [...controls.values()]);
      remember(settings, query);
      return settings;
    },
  };
}

export type State = ReturnType<typeof createState>;

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
