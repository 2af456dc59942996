import type { ControlSpec, ControlValue, Settings } from '../protocol.ts';

/** The value a control has under `settings`; its default when they say nothing it can take. */
export function controlValue(
  spec: Pick<ControlSpec, 'key' | 'kind' | 'value' | 'min' | 'max' | 'options'>,
  settings: Settings,
): ControlValue {
  const wanted = settings[spec.key];
  if (wanted === undefined) return spec.value;
  if (spec.kind === 'slider' || spec.kind === 'seed') return numberWithin(Number(wanted), spec);
  if (spec.kind === 'toggle') return wanted === true || wanted === 'true';
  // A link carries words only: '64' means the option 64.
  return spec.options?.find((option) => String(option) === String(wanted)) ?? spec.value;
}

function numberWithin(wanted: number, spec: { value: ControlValue; min?: number; max?: number }): number {
  if (!Number.isFinite(wanted)) return spec.value as number;
  return Math.min(
    spec.max ?? Number.POSITIVE_INFINITY,
    Math.max(spec.min ?? Number.NEGATIVE_INFINITY, wanted),
  );
}

/** The seed of a run; 0 when the settings name none. */
export const seedOf = (settings: Settings): number =>
  Math.max(0, Math.round(Number(settings.seed ?? 0)) || 0);
