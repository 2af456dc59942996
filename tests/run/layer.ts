/** What a layer found; a layer that ends without a report counts as one failure. */
export interface Outcome {
  passed: number;
  failed: number;
  skipped: number;
  /** What failed, by name, as far as the layer's report names it. */
  failures: string[];
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

export const nothing: Outcome = { passed: 0, failed: 0, skipped: 0, failures: [] };
/** One failure: what, and why if that is known. */
export const failure = (name: string): Outcome => ({ ...nothing, failed: 1, failures: [name] });

/** Outcomes added up. */
export const add = (outcomes: Outcome[]): Outcome =>
  outcomes.reduce(
    (sum, { passed, failed, skipped, failures }) => ({
      passed: sum.passed + passed,
      failed: sum.failed + failed,
      skipped: sum.skipped + skipped,
      failures: [...sum.failures, ...failures],
    }),
    nothing,
  );

/** A report whose runner exited with an error must show a failure, and a layer that ran nothing has failed. */
export function mustExplain(outcome: Outcome, exit: number): Outcome {
  if (outcome.passed + outcome.failed === 0) return add([outcome, failure('the layer ran no test')]);
  if (exit === 0 || outcome.failed > 0) return outcome;
  return add([outcome, failure(`the runner ended with exit code ${exit} without naming a failure`)]);
}
