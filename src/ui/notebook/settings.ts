import type { ControlSpec, ControlValue, Settings } from '../../protocol.ts';

/**
 * What the address asks for: `?beta=0.1&rule=linear`, for controls this notebook has. `open`: also for others, which
 * edited cells may ask for.
 */
export function settingsOfQuery(query: string, controls: ControlSpec[], open = false): Settings {
  const asked = new URLSearchParams(query);
  const known = [...controls, { key: 'seed', kind: 'seed', value: 0 } as ControlSpec];
  const settings: Settings = {};
  for (const spec of known) {
    const text = asked.get(spec.key);
    if (text === null) continue;
    const value = parsed(text, spec);
    if (value !== undefined && value !== spec.value) settings[spec.key] = value;
  }
  if (!open) return settings;
  const others = [...asked].filter(([key]) => isKey(key) && !known.some((spec) => spec.key === key));
  return { ...settings, ...Object.fromEntries(others) };
}

/** Could a control be called so? What the page itself puts into an address is none, nor what other sites add to it. */
const isKey = (key: string) => /^[\w-]{1,40}$/.test(key) && !/^(backend|software|utm_.*|.*clid)$/.test(key);

/** A word of an address as a value of a control; undefined when the control has no such value. */
export function parsed(text: string, spec: ControlSpec): ControlValue | undefined {
  if (spec.kind === 'toggle') return text === 'true';
  if (spec.kind === 'slider' || spec.kind === 'seed')
    return Number.isFinite(Number(text)) && text !== '' ? Number(text) : undefined;
  return spec.options?.find((option) => String(option) === text);
}

/** Settings as a query, only what differs from the defaults; '' when nothing does. */
export function queryOf(settings: Settings): string {
  const query = new URLSearchParams(Object.entries(settings).map(([key, value]) => [key, String(value)]));
  const text = query.toString();
  return text ? `?${text}` : '';
}

/** The settings without those that say what the control says anyway. */
export function withoutDefaults(settings: Settings, controls: ControlSpec[]): Settings {
  const defaults = new Map<string, ControlValue>([
    ...controls.map((c) => [c.key, c.value] as const),
    ['seed', 0],
  ]);
  return Object.fromEntries(Object.entries(settings).filter(([key, value]) => defaults.get(key) !== value));
}
