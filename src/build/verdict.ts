import type { CheckResult, Recording } from '../protocol.ts';

/** What the recorded checks say together. */
export interface Verdict {
  holding: number;
  total: number;
  /** Seeds on which every check holds, of how many. */
  seedsHolding: number;
  seeds: number;
  /** Smallest margin over all checks; null when none has a finite one. */
  smallest: number | null;
  /** Every check fails under the setting that must break it. */
  breakable: boolean;
}

/** Counts a recording; `marginOf` says how far a check is from its bound (1: at the bound). */
export function verdictOf(recording: Recording, marginOf: (check: CheckResult) => number | null): Verdict {
  const { checks, seeds, broken } = recording;
  const first = checks.every((check) => check.holds) ? 1 : 0;
  const margins = checks.map(marginOf).filter((m): m is number => m !== null && Number.isFinite(m));
  return {
    holding: checks.filter((check) => check.holds).length,
    total: checks.length,
    seedsHolding: first + seeds.filter((seed) => seed.holds.every(Boolean)).length,
    seeds: 1 + seeds.length,
    smallest: margins.length ? Math.min(...margins) : null,
    breakable: broken.length === checks.length && broken.every((check) => !check.holds),
  };
}

/** A margin as a reader sees it: 1.02×, 1.7×, 12×, over 1000×. */
export function times(margin: number): string {
  if (margin >= 1000) return 'over 1000×';
  if (margin >= 1 && margin < 1.1) return `${(Math.floor(margin * 100 + 1e-9) / 100).toFixed(2)}×`;
  return `${margin >= 10 ? Math.floor(margin) : (Math.floor(margin * 10) / 10).toFixed(1)}×`;
}

/** The lines under "5 of 5 checks hold". */
export function verdictSentences(verdict: Verdict): string {
  const seeds = `on ${verdict.seedsHolding} ${verdict.seedsHolding === 1 ? 'seed' : 'seeds'} of ${verdict.seeds}`;
  const margin = verdict.smallest === null ? '' : `; smallest margin ${times(verdict.smallest)}`;
  const broken = verdict.breakable ? ' Each fails under the setting named in its row.' : '';
  return `${seeds}${margin}.${broken}`;
}
