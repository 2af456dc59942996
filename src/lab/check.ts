import type { Bound, ControlValue } from '../protocol.ts';
import { addressOf } from './address.ts';
import type { Host } from './host.ts';
import { LabError } from './host.ts';

export type CheckOptions = Bound & {
  /** Why it must hold: a theorem, a formula, or what the paper reports. */
  because: string;
  /** A setting of this notebook's controls under which the check must not hold. */
  breaks: Record<string, ControlValue>;
};

/** Whether a measured value is within its bound. A value that is not finite never is. */
export function holds(measured: number, bound: Bound): boolean {
  if (!Number.isFinite(measured)) return false;
  if ('below' in bound) return measured < bound.below;
  if ('above' in bound) return measured > bound.above;
  if ('near' in bound) return Math.abs(measured - bound.near) <= bound.within;
  return measured >= bound.between[0] && measured <= bound.between[1];
}

/** The bound alone, without the words around it. @throws when it is missing or not finite. */
export function boundOf(claim: string, options: CheckOptions): Bound {
  const bound = pick(options);
  if (bound && Object.values(bound).flat().every(Number.isFinite)) return bound;
  throw new LabError(
    `check('${claim}') has no finite bound`,
    'Give one of below, above, near with within, between: [low, high].',
  );
}

function pick(options: CheckOptions): Bound | undefined {
  if ('below' in options) return { below: options.below };
  if ('above' in options) return { above: options.above };
  if ('near' in options) return { near: options.near, within: options.within };
  if ('between' in options) return { between: options.between };
  return undefined;
}

/** States a claim with its measured value: data for the page and the tests, not an assertion. */
export const createCheck = (host: Host) =>
  function check(claim: string, measured: number, options: CheckOptions): void {
    if (typeof measured !== 'number') {
      throw new LabError(
        `check('${claim}') measures a number, found ${typeof measured}`,
        'Use await toNumber(tensor).',
      );
    }
    if (Object.keys(options.breaks ?? {}).length === 0) {
      throw new LabError(
        `check('${claim}') does not say what breaks it`,
        'Name a setting of the controls: breaks: { rule: "classical" }.',
      );
    }
    const bound = boundOf(claim, options);
    const { because, breaks } = options;
    host.check({
      id: addressOf(claim),
      claim,
      measured: Number.isFinite(measured) ? measured : null,
      bound,
      because,
      breaks,
      holds: holds(measured, bound),
    });
  };
