/**
 * `npm run verify [-- slug… --backend wasm|cpu|webgpu --keep --difference]`: runs every notebook at its defaults in Node and says,
 * check by check, what it measured beside what is recorded. WebGPU comes from the npm package `webgpu`, which is not
 * among the site's own: `npm i --no-save webgpu`, on a machine with a GPU. `--keep` writes the report where the
 * site's page of verifications reads it. `--difference` runs each notebook on that backend and on the CPU in step, and
 * names the first operation whose output differs.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import { papersWithCells, readNotebook } from '../build/cells.ts';
import { recordingOf } from '../build/notebooks.ts';
import { createNodeKernel } from '../kernel/node.ts';
import type { BackendName, Verdict } from '../protocol.ts';
import { differenceInWords, firstDifference, inStep } from '../render/difference.ts';
import { formatNumber } from '../render/format.ts';
import { type Report, summary, type VerifiedPaper, verified } from '../render/verification.ts';
import { quit, slugProblem } from './asked.ts';

const backends: BackendName[] = ['wasm', 'cpu', 'webgpu'];

interface Asked {
  backend: BackendName;
  difference: boolean;
  keep: boolean;
  slugs: string[];
}

function asked(words: string[], there: string[]): Asked {
  const at = words.indexOf('--backend');
  const backend = (at < 0 ? 'wasm' : words[at + 1]) as BackendName;
  if (!backends.includes(backend))
    quit(
      `npm run verify: found the backend "${backend ?? ''}", expected one of ${backends.join(', ')}; name one: npm run verify -- --backend wasm.`,
    );
  const slugs = words.filter(
    (word, i) => !['--keep', '--difference'].includes(word) && (at < 0 || (i !== at && i !== at + 1)),
  );
  for (const slug of slugs) {
    const problem = slugProblem('npm run verify', slug, there);
    if (problem) quit(problem);
  }
  return {
    backend,
    difference: words.includes('--difference'),
    keep: words.includes('--keep'),
    slugs: slugs.length > 0 ? slugs : there,
  };
}

/** Puts the GPU of the package `webgpu` where browsers have theirs. */
async function bringWebgpu(): Promise<void> {
  const name = 'webgpu';
  try {
    const { create, globals } = await import(name);
    Object.assign(globalThis, globals);
    Object.defineProperty(globalThis.navigator, 'gpu', { value: create([]), configurable: true });
  } catch (error) {
    quit(
      `npm run verify: Node has no WebGPU of its own, and the package webgpu did not load (${(error as Error).message.split('\n')[0]}); run npm i --no-save webgpu on a machine with a GPU, or verify on wasm.`,
    );
  }
}

async function verifyOne(
  slug: string,
  backend: BackendName,
): Promise<{ paper: VerifiedPaper; verdict: Verdict }> {
  const kernel = createNodeKernel(backend);
  kernel.load(readNotebook(slug));
  const verdict = await kernel.verdict;
  if (verdict.backend !== backend)
    quit(
      `npm run verify: ${backend} could not be used here, ${verdict.backend} would run instead; verify on that.`,
    );
  const recording = recordingOf(slug);
  if (!recording)
    quit(`npm run verify: ${slug} has no recording to compare with; run npm run record ${slug}.`);
  const { errors, ...run } = await kernel.run();
  const error = errors.map(({ cell, error }) => `${cell}.ts: ${error.message}`).join('; ') || undefined;
  return { paper: verified(slug, recording, { ...run, error }), verdict };
}

/** Runs a notebook on two backends in step and names the first operation whose output differs. */
async function findDifference(slug: string, backend: BackendName): Promise<void> {
  const reference: BackendName = backend === 'cpu' ? 'wasm' : 'cpu';
  const traced = async (on: BackendName) => {
    const kernel = createNodeKernel(on);
    kernel.load(readNotebook(slug));
    await kernel.verdict;
    return (await kernel.run({}, inStep.rounds, inStep.operations)).operations;
  };
  const [expected, found] = [await traced(reference), await traced(backend)];
  const first = firstDifference(expected, found);
  console.log(
    first
      ? `✗ ${slug}: ${differenceInWords(first)}; ${reference} against ${backend}`
      : `✓ ${slug}: ${expected.length} operations agree on ${reference} and ${backend}, loops cut after ${inStep.rounds} rounds`,
  );
}

function say({ slug, milliseconds, kernels, error, checks }: VerifiedPaper): void {
  const failing = checks.filter(({ holds }) => !holds);
  console.log(
    `${failing.length || error ? '✗' : '✓'} ${slug}: ${checks.length - failing.length} of ${checks.length} checks hold, ${milliseconds} ms, ${kernels} kernels${error ? `; ${error}` : ''}`,
  );
  for (const { claim, measured, recorded, bound } of failing)
    console.log(
      `    fails: ${claim}: ${formatNumber(measured)}, ${bound}, recorded ${formatNumber(recorded)}`,
    );
}

const { backend, difference, keep, slugs } = asked(process.argv.slice(2), papersWithCells());
if (backend === 'webgpu') await bringWebgpu();
if (difference) {
  for (const slug of slugs) await findDifference(slug, backend);
  process.exit();
}
const papers: VerifiedPaper[] = [];
let device = '';
for (const slug of slugs) {
  const { paper, verdict } = await verifyOne(slug, backend);
  device = verdict.device;
  papers.push(paper);
  say(paper);
}
const report: Report = {
  version: JSON.parse(readFileSync('package.json', 'utf8')).version,
  date: new Date().toISOString().slice(0, 10),
  backend,
  device,
  machine: `Node ${process.versions.node.split('.')[0]}, ${os.type()}, ${os.cpus().length} cores`,
  papers,
};
console.log(`${summary(report)}, on ${backend} (${device}).`);
if (keep) {
  if (slugs.length < papersWithCells().length)
    quit('npm run verify: --keep keeps a report of the whole library; leave out the slugs.');
  mkdirSync('content/verified', { recursive: true });
  writeFileSync(`content/verified/${backend}.json`, `${JSON.stringify(report)}\n`);
  console.log(`Kept in content/verified/${backend}.json.`);
}
process.exit(papers.every(({ checks, error }) => !error && checks.every(({ holds }) => holds)) ? 0 : 1);
