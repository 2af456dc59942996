import { existsSync } from 'node:fs';
import { test as base, expect, type Page } from 'playwright/test';
import { readNotebook } from '../../src/build/cells.ts';
import { recordingOf, standingSlugs } from '../../src/build/notebooks.ts';
import { differences } from '../../src/build/recording-differences.ts';
import { cellNameOf } from '../../src/cell-order.ts';
import type { BackendName, Settings, Verdict } from '../../src/protocol.ts';
import { startServer } from '../server.ts';
import { exceptions } from './exceptions.ts';
import { compareOperations, loadCells, openKernel, type PageRun, runCells } from './in-page.ts';
import { kernelSite } from './site.ts';

/** Float32 on two machines: a few steps of training agree to this, relative to the larger value. */
const tolerance = 5e-3;
/** Steps after which loops are cut: a software GPU takes milliseconds for each of a step's hundred kernels. */
const cut = process.env.ALL ? 20 : 2;
/** One operation, given the same numbers: what exp, tanh and the order of sums differ by, relative to the largest value. */
const perOperation = 1e-3;
/**
 * Operations that differ by sizes alone share a program of the GPU: so many of each kind are compared, one where papers
 * before gave as many or where an author waits for it, up to a size that a software GPU does in milliseconds.
 */
const whole = process.env.ALL
  ? { ofAKind: 1e9, again: 1e9, affordable: 1e9 }
  : { ofAKind: process.env.AUTHOR ? 1 : 3, again: 1, affordable: 2 ** 16 };
/**
 * Kernels of a notebook that are run on the software GPU one after another, at 5 to 10 ms each or more where they are
 * large, which their time on WASM tells; fewer where an author waits, all with ALL.
 */
const budget = process.env.ALL
  ? { kernels: Number.POSITIVE_INFINITY, milliseconds: Number.POSITIVE_INFINITY }
  : process.env.AUTHOR
    ? { kernels: 50, milliseconds: 50 }
    : { kernels: 250, milliseconds: Number.POSITIVE_INFINITY };

const wanted = process.env.PAPERS?.split(',').filter(Boolean);
const slugs = standingSlugs().filter(
  (slug) => existsSync(`content/papers/${slug}/recorded.json`) && (!wanted?.length || wanted.includes(slug)),
);

interface Bench {
  page: Page;
  /** Address of the site's root. */
  base: string;
  verdicts: Verdict[];
}

/**
 * An author need not wait until a software GPU has proved itself, which is a test of its own: every kind of operation of
 * the paper is compared afterwards.
 */
const proved = process.env.AUTHOR
  ? { wasm: passed('wasm', 'SIMD'), webgpu: passed('webgpu', 'Google swiftshader') }
  : undefined;

function passed(backend: BackendName, device: string): Verdict {
  return { backend, device, operations: 0, agree: 0, worst: 0, wrong: [], refused: '' };
}

/** One page with both kernels for all notebooks of a worker: a software GPU takes half a minute to prove itself. */
const test = base.extend<object, { bench: Bench }>({
  bench: [
    async ({ browser }, use) => {
      const { folder, remove } = await kernelSite(slugs);
      const server = await startServer(folder);
      const page = await browser.newPage();
      await page.goto(`${server.base}index.html`);
      const open = (backend: 'wasm' | 'webgpu') =>
        page.evaluate(openKernel, { backend, base: server.base, proved: proved?.[backend] });
      await use({ page, base: server.base, verdicts: [await open('wasm'), await open('webgpu')] });
      await page.close();
      await server.close();
      await remove();
    },
    { scope: 'worker', timeout: 600_000 },
  ],
});

test('both backends are the ones asked for, and agree with the recorded answers', async ({ bench }) => {
  expect(bench.verdicts.map(({ backend, wrong }) => [backend, wrong])).toEqual([
    ['wasm', []],
    ['webgpu', []],
  ]);
});

test('an operation that comes out otherwise is named', async ({ bench: { page, base } }) => {
  const [slug] = slugs;
  await page.evaluate(loadCells, { slug, smaller: {}, base });
  const wish = {
    slug,
    settings: [{}],
    cut: 1,
    tolerance: perOperation,
    whole: { ofAKind: 1, again: 1, affordable: 2 ** 10 },
  };
  const found = await page.evaluate(compareOperations, { ...wish, damaged: 'Sum' });
  expect(found.wrong.length).toBeGreaterThan(0);
  expect(new Set(found.wrong.map(({ kernel }) => kernel))).toEqual(new Set(['Sum']));
});

for (const slug of slugs) {
  test(`${slug}: real WebGPU gives the numbers of WASM`, { tag: '@paper' }, async ({
    bench: { page, base, verdicts },
  }) => {
    expect(verdicts.map(({ backend }) => backend)).toEqual(['wasm', 'webgpu']);
    const { settings = {}, smaller = {}, skip = [] } = exceptions[slug] ?? {};
    const unknown = await page.evaluate(loadCells, { slug, smaller, base });
    expect(unknown, 'words to replace (exceptions.ts) that no cell holds').toEqual([]);

    // What runs under a break is almost all of the same kinds: it takes as long again, and is left to the full run.
    const tried = [{}, ...(process.env.ALL ? settingsThatBreak(slug) : [])].map((set) => ({
      ...settings,
      ...set,
    }));
    const found = await page.evaluate(compareOperations, {
      slug,
      settings: tried,
      cut,
      tolerance: perOperation,
      whole,
    });
    expect([found.errors, found.wrong]).toEqual([[], []]);
    expect(found.operations).toBeGreaterThan(20);

    const run = (backend: 'wasm' | 'webgpu', cells?: string[]) =>
      page.evaluate(runCells, { slug, settings, cells, cut, backend });
    const wasm = await run('wasm');
    const cells = affordableCells(slug, wasm.cells);
    const gpu = await run('webgpu', cells);
    const { length } = readNotebook(slug).cells;
    console.log(
      `${slug}: ${found.operations} operations of their own, apart by ${found.worst.toExponential(1)} at most in ${found.seconds} s; ${cells.length} of ${length} cells whole, ${gpu.kernels} kernels in ${Math.round(gpu.milliseconds)} ms`,
    );
    expect([wasm.errors, gpu.errors]).toEqual([[], []]);
    expect(gpu.tensors).toBe(0);
    const isKept = ({ id, cell }: { id: string; cell: string }) => cells.includes(cell) && !skip.includes(id);
    const kept = ({ shown, checks }: typeof gpu) => ({
      shown: shown.filter(isKept),
      checks: checks.filter(isKept),
    });
    expect(differences(kept(wasm), kept(gpu), tolerance)).toEqual([]);
  });
}

/** The settings under which checks fail, each once. */
function settingsThatBreak(slug: string): Settings[] {
  const settings = recordingOf(slug)!.checks.map(({ breaks }) => JSON.stringify(breaks));
  return [...new Set(settings)].map((text) => JSON.parse(text));
}

/** The cells, in running order, that a software GPU can run whole: as many as the budget holds, with what they import. */
function affordableCells(slug: string, ran: PageRun['cells']): string[] {
  const { cells } = readNotebook(slug);
  const chosen: string[] = [];
  const left = { ...budget };
  for (const [name, { kernels, milliseconds }] of Object.entries(ran)) {
    const imports = cells.find((cell) => cell.name === name)!.imports;
    const has = imports.every(
      (specifier) => chosen.includes(cellNameOf(specifier, name) ?? chosen[0]) || !specifier.startsWith('.'),
    );
    if (!has || kernels > left.kernels || milliseconds > left.milliseconds) continue;
    left.kernels -= kernels;
    left.milliseconds -= milliseconds;
    chosen.push(name);
  }
  return chosen;
}
