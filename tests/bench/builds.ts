import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Bar } from './row.ts';

const root = resolve(import.meta.dirname, '../..');
const workshop = join(root, '.cache/bench');

/** A copy of the project whose library holds `count` pages: the standing one of hopfield under other names. */
function library(count: number): string {
  const copy = join(workshop, String(count));
  rmSync(copy, { recursive: true, force: true });
  mkdirSync(copy, { recursive: true });
  for (const part of [
    'src',
    'content',
    'components',
    'public',
    'astro.config.mjs',
    'package.json',
    'tsconfig.json',
    'tsconfig.base.json',
    'tsconfig.build.json',
  ])
    cpSync(join(root, part), join(copy, part), { recursive: true });
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'));
  fill(join(copy, 'content'), count);
  return copy;
}

function fill(content: string, count: number): void {
  const slugs = Array.from({ length: count }, (_, i) => `page-${i}`);
  const model = join(root, 'content/papers/hopfield');
  rmSync(join(content, 'papers'), { recursive: true });
  for (const slug of slugs) cpSync(model, join(content, 'papers', slug), { recursive: true });
  const section = { id: 'theory', title: 'Theory', short: 'Theory', papers: slugs };
  writeFileSync(
    join(content, 'sections.ts'),
    `export interface Section { id: string; title: string; short: string; papers: string[] }
export const sections: Section[] = ${JSON.stringify([section])};
export const slugs: string[] = sections.flatMap((s) => s.papers);\n`,
  );
  for (const slug of slugs) unrelate(join(content, 'papers', slug, 'index.mdx'));
}

/** Pages of the copy know no other papers: links to them would lead nowhere. */
function unrelate(file: string): void {
  const text = readFileSync(file, 'utf8');
  writeFileSync(file, text.replace(/^related:\n(?: {2}- .*\n)+/m, 'related: []\n'));
}

interface Cost {
  /** Seconds from start to end. */
  wall: number;
  /** Seconds of processor time of Node, which others on the machine change less. */
  processor: number;
}

function costOfBuild(count: number): Cost {
  const copy = library(count);
  const used = join(copy, 'used.json');
  const hook = join(copy, 'used.mjs');
  writeFileSync(
    hook,
    `import { writeFileSync } from 'node:fs';
process.on('exit', () => writeFileSync(${JSON.stringify(used)}, JSON.stringify(process.cpuUsage())));\n`,
  );
  const began = performance.now();
  const { status, stderr } = spawnSync(
    process.execPath,
    ['--import', hook, 'node_modules/astro/bin/astro.mjs', 'build', '--silent'],
    { cwd: copy, encoding: 'utf8' },
  );
  if (status !== 0 || !existsSync(join(copy, 'dist/index.html')))
    throw new Error(`the build of ${count} pages failed: ${stderr}`);
  const wall = (performance.now() - began) / 1000;
  const { user, system } = JSON.parse(readFileSync(used, 'utf8')) as NodeJS.CpuUsage;
  rmSync(copy, { recursive: true, force: true });
  return { wall, processor: (user + system) / 1e6 };
}

/** Time of a build of ten pages, and what a page more costs from 10 to a third of `many`, and from there on. */
export function buildBars(many: number): Bar[] {
  const third = Math.max(20, Math.round(many / 3));
  const [ten, some, lots] = [10, third, many].map(costOfBuild);
  const early = (some.processor - ten.processor) / (third - 10);
  const late = (lots.processor - some.processor) / (many - third);
  return [
    {
      what: 'build of ten pages',
      found: `${ten.wall.toFixed(1)} s`,
      asked: 'at most 20 s on two cores',
      holds: ten.wall <= 20,
    },
    {
      what: `a page more, to ${third} and to ${many}`,
      found: `${early.toFixed(2)}, ${late.toFixed(2)} s`,
      asked: 'does not grow (1.2 times)',
      holds: late <= 1.2 * early,
    },
  ];
}
