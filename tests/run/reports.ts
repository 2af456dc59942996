import { failure, type Outcome } from './layer.ts';

interface VitestReport {
  numPassedTests: number;
  numFailedTests: number;
  numPendingTests: number;
  numTodoTests: number;
  testResults: {
    name: string;
    status: string;
    assertionResults: { status: string; fullName: string }[];
  }[];
}
interface PlaywrightSuite {
  title: string;
  suites?: PlaywrightSuite[];
  specs?: Spec[];
}
interface Spec {
  title: string;
  file: string;
  line: number;
  tests: { status: string }[];
}
interface PlaywrightReport {
  stats: { expected: number; unexpected: number; flaky: number; skipped: number };
  suites: PlaywrightSuite[];
  errors: { message?: string }[];
}

const noReport = failure('the runner ended without a report');

/** Counts of vitest's JSON report; a file that failed outside its tests is one failure. */
export function fromVitest(report: VitestReport | undefined): Outcome {
  if (!report) return noReport;
  const broken = report.testResults.filter(
    ({ status, assertionResults }) =>
      status === 'failed' && !assertionResults.some((assertion) => assertion.status === 'failed'),
  );
  const failures = report.testResults.flatMap(({ name, assertionResults }) =>
    assertionResults
      .filter(({ status }) => status === 'failed')
      .map(({ fullName }) => `${shortPath(name)} › ${fullName}`),
  );
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + broken.length,
    skipped: report.numPendingTests + report.numTodoTests,
    failures: [...failures, ...broken.map(({ name }) => `${shortPath(name)}, outside its tests`)],
  };
}

/** From the folder of tests on. */
const shortPath = (path: string) => path.replace(/^.*\/(?=tests\/)/, '');

/** Counts of Playwright's JSON report; a flaky test has failed, and so has an error outside the tests. */
export function fromPlaywright(report: PlaywrightReport | undefined): Outcome {
  if (!report) return noReport;
  const { expected, unexpected, flaky, skipped } = report.stats;
  const failed = specsOf(report.suites).filter(({ tests }) =>
    tests.some(({ status }) => status === 'unexpected' || status === 'flaky'),
  );
  return {
    passed: expected,
    failed: unexpected + flaky + report.errors.length,
    skipped,
    failures: [
      ...failed.map(({ file, line, words }) => `${file}:${line} › ${words}`),
      ...report.errors.map(({ message }) => message?.split('\n')[0] ?? 'an error outside the tests'),
    ],
  };
}

/** Every test with the titles of the groups around it. */
const specsOf = (suites: PlaywrightSuite[], around: string[] = []): (Spec & { words: string })[] =>
  suites.flatMap(({ specs = [], suites = [] }) => [
    ...specs.map((spec) => ({ ...spec, words: [...around, spec.title].join(' › ') })),
    ...suites.flatMap((inner) => specsOf([inner], [...around, inner.title])),
  ]);
