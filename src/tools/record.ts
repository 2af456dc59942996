/**
 * `npm run record <slug…>`: runs notebooks on WASM in Node and writes what the pages show; `-- --all` all of them, which
 * takes half an hour and more.
 * With `-- --quick` on three seeds instead of twenty, while a cell is being written.
 * With `-- --confirm` each runs once, at its defaults, and all of them without a slug: where one gives what is recorded,
 * the recording is signed with the present runtime and its time taken again; for a change of lab or kernel that changes
 * no number.
 */
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { papersWithCells, readNotebook } from '../build/cells.ts';
import { runtimeHash, sourcesHash } from '../build/hashes.ts';
import { recordingOf as recordingIn } from '../build/notebooks.ts';
import { settingsOfText } from '../build/outcomes.ts';
import { readPage } from '../build/page-source.ts';
import { differences } from '../build/recording-differences.ts';
import { probeDevice } from '../device-probe.ts';
import type { NodeKernel, RunResult } from '../kernel/node.ts';
import { createNodeKernel } from '../kernel/node.ts';
import type { Recording } from '../protocol.ts';
import { quit, slugProblem } from './asked.ts';
import { furtherSeeds, recordSeeds } from './record-seeds.ts';

interface Recorded {
  recording: Recording;
  /** Milliseconds of each cell in the run at its defaults. */
  cells: RunResult['cells'];
}

/** Where a recording is, for who waits: a slow cell must not look like a hang. */
const progress = (slug: string, words: string) => console.error(`  ${slug}: ran ${words}`);

/** Runs one notebook at its defaults, on further seeds, under each check's `breaks`, and as the page says to try. @throws when a cell fails. */
async function record(slug: string, quick: boolean): Promise<Recorded> {
  const kernel = createNodeKernel('wasm');
  kernel.load(readNotebook(slug));
  await kernel.verdict;
  const before = probeDevice();
  const first = await mustRun(slug, kernel, {});
  const probe = Math.min(before, probeDevice());
  progress(slug, `at its defaults in ${Math.round(first.milliseconds)} ms`);
  const seeds = quick ? [1, 2] : furtherSeeds;
  const further = await recordSeeds(slug, seeds, (done) =>
    progress(slug, `${done} of ${seeds.length} further seeds`),
  );
  const runs = new Map<string, RunResult>();
  const broken = [];
  for (const { id, breaks } of first.checks) {
    const settings = JSON.stringify(breaks);
    const run = runs.get(settings) ?? (await mustRun(slug, kernel, breaks));
    if (!runs.has(settings)) progress(slug, `under ${settings}`);
    runs.set(settings, run);
    const same = run.checks.find((check) => check.id === id);
    broken.push({ measured: same?.measured ?? null, holds: same?.holds ?? false });
  }
  const tries = [];
  for (const set of settingsOfText(readPage(slug))) {
    const settings = JSON.stringify(set);
    const { checks } = runs.get(settings) ?? (await mustRun(slug, kernel, set));
    progress(slug, `with ${settings}, of the text`);
    const same = first.checks.map(({ id }) => checks.find((check) => check.id === id));
    tries.push({
      set,
      measured: same.map((check) => check?.measured ?? null),
      holds: same.map((check) => check?.holds ?? false),
    });
  }
  return {
    recording: { ...recordingOf(slug, kernel, first, further, broken, probe), tries },
    cells: first.cells,
  };
}

function recordingOf(
  slug: string,
  kernel: NodeKernel,
  first: RunResult,
  further: Recording['seeds'],
  broken: Recording['broken'],
  probe: number,
): Recording {
  const { assets } = kernel;
  const { milliseconds, kernels, peakBytes, controls, shown, checks } = first;
  return {
    sources: sourcesHash(slug, assets, 0),
    runtime: runtimeHash(),
    environment: `WASM, Node ${process.versions.node.split('.')[0]}`,
    seed: 0,
    assets,
    milliseconds: Math.round(milliseconds),
    probe: Number(probe.toFixed(3)),
    kernels,
    peakBytes,
    controls,
    shown,
    checks,
    seeds: further,
    broken,
  };
}

async function mustRun(
  slug: string,
  kernel: NodeKernel,
  settings: Record<string, number | string | boolean>,
): Promise<RunResult> {
  const result = await kernel.run(settings);
  if (result.outcome === 'done') return result;
  const told = result.errors.map(
    ({ cell, error }) =>
      `  ${path.posix.join('content/papers', slug, cell)}.ts${error.line ? `:${error.line}` : ''}: ${error.message}${error.hint ? ` (${error.hint})` : ''}`,
  );
  throw new Error(`with ${JSON.stringify(settings)} a cell does not run to its end\n${told.join('\n')}\n`);
}

function report(slug: string, { recording, cells }: Recorded): void {
  const { checks, broken, milliseconds, kernels, peakBytes } = recording;
  console.log(`${slug}: ${milliseconds} ms, ${kernels} kernels, ${(peakBytes / 2 ** 20).toFixed(1)} MB`);
  const times = Object.entries(cells).map(([name, time]) => `${name} ${Math.round(time)}`);
  console.log(`  milliseconds by cell: ${times.join(', ')}`);
  for (const [i, check] of checks.entries()) {
    const others = onSeeds(recording, i);
    console.log(
      `  ${check.holds ? 'holds' : 'FAILS'}  ${check.claim} (${check.id}): ${check.measured?.toPrecision(4) ?? 'not finite'} ${JSON.stringify(check.bound)}; ${others}; broken by ${JSON.stringify(check.breaks)}: ${broken[i].measured?.toPrecision(4) ?? 'not finite'}${broken[i].holds ? ' STILL HOLDS' : ''}`,
    );
  }
}

/** "20 of 20 seeds, 0.1071 to 0.1373", and the seeds on which it fails. */
function onSeeds({ checks, seeds }: Recording, i: number): string {
  const all = [checks[i].measured, ...seeds.map(({ measured }) => measured[i])];
  const finite = all.filter((value) => value !== null);
  const failing = seeds.filter(({ holds }) => !holds[i]).map(({ seed }) => seed);
  const held = all.length - failing.length - (checks[i].holds ? 0 : 1);
  const range = [Math.min(...finite), Math.max(...finite)].map((value) => value.toPrecision(4)).join(' to ');
  return `${held} of ${all.length} seeds, ${range}${failing.length ? `, FAILS on ${failing.join(', ')}` : ''}`;
}

/** The checks that hold on fewer than nineteen of twenty seeds, or not on each of the first three. */
const unsteady = ({ checks, seeds }: Recording) =>
  checks.filter(({ holds }, i) => {
    const failing = seeds.filter((seed) => !seed.holds[i]);
    return !holds || failing.length > 1 || failing.some(({ seed }) => seed <= 2);
  });

/** What an author must mend before the paper passes its tests; '' when all is well. */
function complaint(slug: string, recording: Recording): string {
  const fail = unsteady(recording).length > 0;
  const hold = recording.broken.some((check) => check.holds);
  if (!fail && !hold) return '';
  const what = [fail ? 'a check that FAILS' : '', hold ? 'a check that STILL HOLDS under its breaks' : ''];
  return `${slug}: found ${what.filter(Boolean).join(' and ')}, expected each check to hold on seeds 0, 1, 2 and on 19 of 20, and to fail under its breaks; mend the cell or the bound, or npm test -- ${slug} will fail.`;
}

/** The messages of cells and kernel are whole sentences; where they rose in this project helps no author. */
async function recorded(slug: string, quick: boolean): Promise<Recorded> {
  try {
    return await record(slug, quick);
  } catch (error) {
    const why = (error as Error).message;
    quit(
      `content/papers/${slug} is not recorded: ${why}${why.endsWith('\n') ? 'M' : '; m'}end it, then run npm run record ${slug} again.`,
    );
  }
}

const fileOf = (slug: string) => `content/papers/${slug}/recorded.json`;
const write = (slug: string, recording: Recording) =>
  writeFile(fileOf(slug), `${JSON.stringify(recording)}\n`);

async function recordAndReport(slug: string, quick: boolean): Promise<void> {
  const found = await recorded(slug, quick);
  const { recording } = found;
  await write(slug, recording);
  report(slug, found);
  const wrong = complaint(slug, recording);
  if (wrong) console.log(wrong);
}

/** Signs a recording that comes out again; leaves it as it is, and gives where it differs, when it does not. */
async function confirm(slug: string): Promise<string | undefined> {
  const record = `run npm run record ${slug}`;
  const recording = recordingIn(slug);
  if (!recording) return `${fileOf(slug)}: found no recording to confirm; ${record}.`;
  if (recording.sources !== sourcesHash(slug, recording.assets, recording.seed))
    return `${fileOf(slug)}: found a recording of other cells or data than those present; ${record}.`;
  const kernel = createNodeKernel('wasm');
  kernel.load(readNotebook(slug));
  await kernel.verdict;
  const before = probeDevice();
  const run = await mustRun(slug, kernel, {});
  const probe = Number(Math.min(before, probeDevice()).toFixed(3));
  const differing = differences(recording, run);
  if (differing.length > 0)
    return `${fileOf(slug)}: found other outputs than recorded, ${differing[0]}; ${record}.`;
  const { kernels, peakBytes } = run;
  const milliseconds = Math.round(run.milliseconds);
  await write(slug, { ...recording, runtime: runtimeHash(), milliseconds, probe, kernels, peakBytes });
  console.log(`${slug}: as recorded, ${Math.round(run.milliseconds)} ms, ${kernels} kernels`);
}

const words = process.argv.slice(2);
const wanted = words.filter((word) => !['--confirm', '--quick', '--all'].includes(word));
const there = papersWithCells();
for (const slug of wanted) {
  const problem = slugProblem('npm run record', slug, there);
  if (problem) quit(problem);
}
if (wanted.length === 0 && !words.includes('--confirm') && !words.includes('--all'))
  quit(
    `npm run record: found no paper; name one, such as npm run record ${there[0]}, or say npm run record -- --all for all ${there.length}.`,
  );
const unconfirmed: string[] = [];
for (const slug of wanted.length > 0 ? wanted : there) {
  if (words.includes('--confirm')) unconfirmed.push((await confirm(slug)) ?? '');
  else await recordAndReport(slug, words.includes('--quick'));
}
const complaints = unconfirmed.filter(Boolean);
if (complaints.length > 0) quit(complaints.join('\n'));
