/** What a layer found; a layer that ends without a report counts as one failure. */
export interface Outcome {
  passed: number;
  failed: number;
  skipped: number;
}
export interface Result extends Outcome {
  layer: string;
  seconds: number;
}

/** What `npm test` was asked for. */
export interface Options {
  layers: string[];
  /** Papers to which papers, notebooks, build, site and parity are limited; empty for all. */
  slugs: string[];
  all: boolean;
  /** false: the browser layers use `dist/` as it lies there, with papers too. */
  build: boolean;
  /** Papers and no layer: what their author needs. Of the site's tests only those that are of each paper (`@paper`). */
  author: boolean;
}

export const nothing: Outcome = { passed: 0, failed: 0, skipped: 0 };
export const oneFailure: Outcome = { ...nothing, failed: 1 };

/** Outcomes added up. */
export const add = (outcomes: Outcome[]): Outcome =>
  outcomes.reduce(
    (sum, { passed, failed, skipped }) => ({
      passed: sum.passed + passed,
      failed: sum.failed + failed,
      skipped: sum.skipped + skipped,
    }),
    nothing,
  );

/** A report whose runner exited with an error must show a failure, and a layer that ran nothing has failed. */
export function mustExplain(outcome: Outcome, exit: number): Outcome {
  const unexplained = exit !== 0 && outcome.failed === 0;
  const empty = outcome.passed + outcome.failed === 0;
  return unexplained || empty ? { ...outcome, failed: outcome.failed + 1 } : outcome;
}
