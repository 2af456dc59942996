import type { Bound, CheckResult, Output, TableOutput } from '../protocol.ts';
import { boundInWords, settingInWords } from './check.ts';
import { csvOf } from './csv.ts';
import { formatNumber } from './format.ts';

export { boundInWords, csvOf, formatNumber, settingInWords };

/** "holds  Bits wrong with 256 patterns: 0.00012, below 0.001" and why, in a second line. */
export function checkLines(check: CheckResult, recorded: number | null | undefined): string {
  const mark = check.holds ? '✓ holds' : '✗ fails';
  const bound = boundInWords(check.bound as Bound);
  const on = recorded === undefined ? '' : `; recorded ${formatNumber(recorded)}`;
  const measured = `${formatNumber(check.measured)}, ${check.holds ? '' : 'not '}${bound}${on}`;
  return `${mark}  ${check.claim}: ${measured}\n         because ${check.because}`;
}

/** A table in the terminal or in Markdown: columns by name, numbers as the page writes them. */
export function tableLines({ rows }: TableOutput): string {
  const names = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const text = (value: unknown) =>
    typeof value === 'number'
      ? formatNumber(value)
      : value === null || value === undefined
        ? '–'
        : String(value);
  const lines = [names, names.map(() => '---'), ...rows.map((row) => names.map((name) => text(row[name])))];
  return lines.map((line) => `| ${line.map((one) => one.replaceAll('|', '\\|')).join(' | ')} |`).join('\n');
}

/** An output that is no picture, as text: a table as Markdown, words as they are. */
export function textOf(output: Output): string {
  const shown = output.kind === 'scrub' ? output.frames.at(-1)!.output : output;
  if (shown.kind === 'table') return tableLines(shown);
  return shown.kind === 'text' ? shown.markdown : '';
}
