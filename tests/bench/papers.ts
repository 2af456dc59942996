/** `npm run bench papers`: what each paper costs, with what is far from the median marked. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { papersWithCells } from '../../src/build/cells.ts';
import type { Recording } from '../../src/protocol.ts';
import { distFolder } from '../site/dist.ts';

const lines = (file: string) => readFileSync(file, 'utf8').trimEnd().split('\n').length;
const gzipped = (file: string) =>
  existsSync(file) ? gzipSync(readFileSync(file)).length / 1000 : Number.NaN;

/** Columns: what a paper's numbers are called, and how they are had. */
function costOf(slug: string): Record<string, number> {
  const folder = `content/papers/${slug}`;
  const recording: Recording = JSON.parse(readFileSync(`${folder}/recorded.json`, 'utf8'));
  const cells = readdirSync(folder).filter((file) => file.endsWith('.ts') && file !== 'train.ts');
  const distinct = new Set(recording.checks.map(({ breaks }) => JSON.stringify(breaks))).size;
  return {
    cells: cells.length,
    'cell lines': cells.reduce((sum, file) => sum + lines(`${folder}/${file}`), 0),
    longest: Math.max(...cells.map((file) => lines(`${folder}/${file}`))),
    page: lines(`${folder}/index.mdx`),
    test: lines(`tests/papers/${slug}.test.ts`),
    checks: recording.checks.length,
    'run s': recording.milliseconds / 1000,
    kernels: recording.kernels,
    'peak MB': recording.peakBytes / 2 ** 20,
    // Three seeds and each distinct break, as the layer of notebooks runs them.
    'test s': ((3 + distinct) * recording.milliseconds) / 1000,
    'HTML kB': gzipped(`${distFolder()}/papers/${slug}/index.html`),
    'script kB': gzipped(`${distFolder()}/_site/papers/${slug}.js`),
  };
}

const median = (values: number[]) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
const word = (value: number) =>
  Number.isNaN(value) ? '–' : value >= 100 ? value.toFixed(0) : Number(value.toFixed(1)).toString();

/** Prints the table; more than three times the median is marked. */
export function printCosts(): void {
  const rows = papersWithCells().map((slug) => ({ slug, cost: costOf(slug) }));
  const columns = Object.keys(rows[0].cost);
  const middle = Object.fromEntries(
    columns.map((name) => [name, median(rows.map(({ cost }) => cost[name]))]),
  );
  const width = Math.max(...rows.map(({ slug }) => slug.length));
  const line = (first: string, texts: string[]) =>
    console.log(first.padEnd(width) + texts.map((text) => text.padStart(11)).join(''));
  console.log('\npapers (* more than three times the median)');
  line('', columns);
  for (const { slug, cost } of rows)
    line(
      slug,
      columns.map((name) => `${word(cost[name])}${cost[name] > 3 * middle[name] ? '*' : ''}`),
    );
  line(
    'median',
    columns.map((name) => word(middle[name])),
  );
  line(
    'sum',
    columns.map((name) => word(rows.reduce((sum, { cost }) => sum + (cost[name] || 0), 0))),
  );
}
