/** What a page says of a notebook away from its defaults: what `<Try>` promises, what `<Measured>` prints. */
import { load } from 'js-yaml';
import type { Recording, Settings } from '../protocol.ts';
import type { PageSource } from './page-source.ts';

/** A check holds, fails, or measures a value between two. */
export type Outcome = 'holds' | 'fails' | [number, number];

/** An object literal of plain values reads as a flow mapping of YAML; undefined when it does not. */
export function literal(text: string): unknown {
  try {
    return load(text);
  } catch {
    return undefined;
  }
}

const asSettings = (value: unknown): Settings | undefined =>
  value && typeof value === 'object' && !Array.isArray(value) ? (value as Settings) : undefined;

/** Equal for equal settings, in whatever order they are written. */
export const settingsKey = (settings: Settings): string =>
  JSON.stringify(Object.entries(settings).sort(([a], [b]) => (a < b ? -1 : 1)));

/** Every setting that the text of a page speaks of, once each; the defaults are not among them. */
export function settingsOfText(page: PageSource): Settings[] {
  const texts = [...page.tries.map(({ set }) => set), ...page.measured.flatMap(({ set }) => set || [])];
  const all = texts.flatMap((text) => {
    const settings = asSettings(literal(text));
    return settings ? [settings] : [];
  });
  const byKey = new Map(all.map((settings) => [settingsKey(settings), settings] as const));
  return [...byKey.values()].filter((settings) => Object.keys(settings).length > 0);
}

/** What a check measured in the recorded run at these settings; undefined when there is no such run or check. */
export function recordedAt(
  recording: Recording,
  settings: Settings,
  check: string,
): { measured: number | null; holds: boolean } | undefined {
  const at = recording.checks.findIndex(({ id }) => id === check);
  if (at < 0) return undefined;
  if (Object.keys(settings).length === 0) return recording.checks[at];
  const run = recording.tries?.find((tried) => settingsKey(tried.set) === settingsKey(settings));
  return run && { measured: run.measured[at], holds: run.holds[at] };
}

/** Whether it came out as promised. */
export function comesOut(
  outcome: Outcome,
  { measured, holds }: { measured: number | null; holds: boolean },
): boolean {
  if (outcome === 'holds') return holds;
  if (outcome === 'fails') return !holds;
  return measured !== null && measured >= outcome[0] && measured <= outcome[1];
}
