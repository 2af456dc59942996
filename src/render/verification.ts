/** What a verification found, for the page, the command line and the reports that are kept; knows neither page nor kernel. */
import type { BackendName, CheckResult, Recording } from '../protocol.ts';
import { boundInWords } from './check.ts';
import { formatNumber } from './format.ts';
import { marginOf } from './margin.ts';

export interface VerifiedCheck {
  id: string;
  claim: string;
  bound: string;
  recorded: number | null;
  measured: number | null;
  /** By what factor the measured value clears its bound; null where it is infinite. */
  margin: number | null;
  holds: boolean;
}

export interface VerifiedPaper {
  slug: string;
  milliseconds: number;
  kernels: number;
  peakBytes: number;
  /** Tensors left when the run had ended. */
  tensors: number;
  /** Why it did not come to its end; absent when it did. */
  error?: string;
  checks: VerifiedCheck[];
}

export interface Report {
  /** Of the site: the version of its package. */
  version: string;
  /** Day of the run: 2026-11-26. */
  date: string;
  backend: BackendName;
  /** GPU or engine. */
  device: string;
  /** Class of the machine: browser or Node, system, cores. */
  machine: string;
  papers: VerifiedPaper[];
}

/** What a run gives beside its checks. */
type Run = Omit<VerifiedPaper, 'slug' | 'checks'> & { checks: CheckResult[] };

/** A run beside its recording: every recorded check, and what it measured here. */
export function verified(slug: string, recording: Recording, run: Run): VerifiedPaper {
  const { milliseconds, kernels, peakBytes, tensors, error } = run;
  const checks = recording.checks.map((recorded): VerifiedCheck => {
    const here = run.checks.find(({ id }) => id === recorded.id);
    const margin = here ? marginOf(here) : 0;
    return {
      id: recorded.id,
      claim: recorded.claim,
      bound: boundInWords(recorded.bound),
      recorded: recorded.measured,
      measured: here?.measured ?? null,
      margin: Number.isFinite(margin) ? margin : null,
      holds: here?.holds ?? false,
    };
  });
  return {
    slug,
    milliseconds: Math.round(milliseconds),
    kernels,
    peakBytes,
    tensors,
    ...(error && { error }),
    checks,
  };
}

/** "83 of 84 checks hold in 10 of 10 papers" */
export function summary({ papers }: Pick<Report, 'papers'>): string {
  const checks = papers.flatMap((paper) => paper.checks);
  const whole = papers.filter(({ checks, error }) => !error && checks.every(({ holds }) => holds)).length;
  return `${checks.filter(({ holds }) => holds).length} of ${checks.length} checks hold; ${whole} of ${papers.length} papers hold whole`;
}

/** "1.7×", or that there is no end to it. */
export const marginWords = (margin: number | null): string =>
  margin === null ? '∞' : margin >= 1000 ? 'over 1000×' : `${formatNumber(margin, 2)}×`;

/** The report as a Markdown table, one line a check, to paste into an issue or a message. */
export function tableOf(report: Report): string {
  const lines = report.papers.flatMap(({ slug, checks, error }) => [
    ...(error ? [`| ${slug} | did not run to its end: ${error} | | | | | |`] : []),
    ...checks.map(
      ({ claim, bound, recorded, measured, margin, holds }) =>
        `| ${slug} | ${claim.replaceAll('|', '\\|')} | ${formatNumber(recorded)} | ${formatNumber(measured)} | ${bound} | ${marginWords(margin)} | ${holds ? 'holds' : '**fails**'} |`,
    ),
  ]);
  return [
    `${summary(report)}, on ${report.backend} (${report.device}), ${report.machine}, ${report.date}, version ${report.version}.`,
    '',
    '| paper | check | recorded | measured | bound | margin | |',
    '|---|---|---:|---:|---|---:|---|',
    ...lines,
    '',
  ].join('\n');
}
