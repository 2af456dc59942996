import type { Settings } from '../../src/protocol.ts';

/**
 * Notebooks that are compared under other settings than their defaults, or but for some outputs; each with its reason.
 * `settings`: a smaller run, because a software GPU takes a fifth of a second for a training step.
 * `notYet`: never compared so far; an open debt, to be paid.
 * `skip`: ids of outputs and checks that follow a chaotic path or count ties.
 */
export const exceptions: Record<
  string,
  { settings?: Settings; skip?: string[]; notYet?: boolean; because: string }
> = {
  mgno: {
    skip: ['smoothing', 'departure-of-the-cycle-from-linearity'],
    because:
      'a share of 4e-4 left by a difference of nearly equal numbers, and a departure that is rounding alone (2e-7)',
  },
  'icl-linear-models': {
    skip: ['distance-of-the-updates-from-ridge'],
    because: 'rounding alone, 2e-6 on one backend and 4e-6 on the other',
  },
};
