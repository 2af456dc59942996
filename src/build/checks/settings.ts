import type { ControlSpec, Recording } from '../../protocol.ts';
import { literal } from '../outcomes.ts';
import type { PageSource } from '../page-source.ts';
import type { Problem } from '../problem.ts';

/** What `<Try>`, `breaks` and `finding.control` set that no control of the notebook can take: it would change nothing. */
export function settingProblems(
  page: PageSource,
  { controls, checks }: Recording,
  finding?: string,
): Problem[] {
  const tries = page.tries.map(({ set }) => ({ where: `<Try set={${set}}>`, settings: literal(set) }));
  const measured = page.measured
    .filter(({ set }) => set)
    .map(({ check, set }) => ({
      where: `<Measured check="${check}" set={${set}}>`,
      settings: literal(set),
    }));
  const breaks = checks.map(({ claim, breaks }) => ({
    where: `breaks: ${JSON.stringify(breaks)} of the check "${claim}"`,
    settings: breaks as unknown,
  }));
  const named = finding
    ? [{ where: `finding.control: "${finding}"`, settings: { [finding]: undefined } as unknown }]
    : [];
  return [...tries, ...measured, ...breaks, ...named].flatMap(({ where, settings }) => {
    const expected = faultOf(settings, controls);
    if (!expected) return [];
    return [{ file: page.file, found: where, expected, remedy: 'mend the key or the value' }];
  });
}

/** What should stand there instead; undefined when all of it can be set. */
function faultOf(settings: unknown, controls: ControlSpec[]): string | undefined {
  if (!settings || typeof settings !== 'object' || Array.isArray(settings))
    return 'settings in two braces, such as set={{ beta: 0.1 }}';
  const keys = ['seed', ...controls.map(({ key }) => key).filter((key) => key !== 'seed')];
  for (const [key, value] of Object.entries(settings)) {
    const control = controls.find((c) => c.key === key);
    if (!keys.includes(key)) return `a control of the notebook, one of ${keys.join(', ')}`;
    const range = control && value !== undefined && rangeMissed(control, value);
    if (range) return `${key} ${range}`;
  }
  return undefined;
}

function rangeMissed({ kind, min, max, options }: ControlSpec, value: unknown): string | undefined {
  if (kind === 'toggle') return typeof value === 'boolean' ? undefined : 'true or false';
  if (options)
    return options.some((option) => String(option) === String(value))
      ? undefined
      : `one of ${options.join(', ')}`;
  if (kind !== 'slider') return undefined;
  const within = typeof value === 'number' && value >= min! && value <= max!;
  return within ? undefined : `from ${min} to ${max}`;
}
