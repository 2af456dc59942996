import { existsSync } from 'node:fs';
import { test as base, expect, type Page } from 'playwright/test';
import { standingSlugs } from '../../src/build/notebooks.ts';
import { differences } from '../../src/build/recording-differences.ts';
import type { Verdict } from '../../src/protocol.ts';
import { startServer } from '../server.ts';
import { distFolder } from '../site/dist.ts';
import { exceptions } from './exceptions.ts';
import { openKernel, runNotebook } from './in-page.ts';

/** Float32 on two machines: a few steps of training agree to this, relative to the larger value. */
const tolerance = 5e-3;
/** Steps after which loops are cut: a software GPU takes milliseconds for each of a step's hundred kernels. */
const cut = process.env.ALL ? 20 : 2;

interface Bench {
  page: Page;
  /** Address of the site's root. */
  base: string;
  verdicts: Verdict[];
}

/** One page with both kernels for all notebooks of a worker: a software GPU takes half a minute to prove itself. */
const test = base.extend<object, { bench: Bench }>({
  bench: [
    async ({ browser }, use) => {
      const server = await startServer(distFolder());
      const page = await browser.newPage();
      await page.goto(`${server.base}guide/index.html`);
      const open = (backend: 'wasm' | 'webgpu') => page.evaluate(openKernel, { backend, base: server.base });
      await use({ page, base: server.base, verdicts: [await open('wasm'), await open('webgpu')] });
      await page.close();
      await server.close();
    },
    { scope: 'worker', timeout: 600_000 },
  ],
});

const wanted = process.env.PAPERS?.split(',').filter(Boolean);
const slugs = standingSlugs().filter(
  (slug) => existsSync(`content/papers/${slug}/recorded.json`) && (!wanted?.length || wanted.includes(slug)),
);

test('both backends are the ones asked for, and agree with the recorded answers', async ({ bench }) => {
  expect(bench.verdicts.map(({ backend, wrong }) => [backend, wrong])).toEqual([
    ['wasm', []],
    ['webgpu', []],
  ]);
});

for (const slug of slugs) {
  test(`${slug}: real WebGPU gives the numbers of WASM`, async ({ bench }) => {
    const { settings = {}, smaller = {}, skip = [] } = exceptions[slug] ?? {};
    const run = (backend: 'wasm' | 'webgpu') =>
      bench.page.evaluate(runNotebook, { slug, settings, smaller, cut, base: bench.base, backend });
    const [wasm, gpu] = [await run('wasm'), await run('webgpu')];
    expect([wasm.errors, gpu.errors]).toEqual([[], []]);
    expect(gpu.unknown, 'words to replace (exceptions.ts) that no cell holds').toEqual([]);
    expect(gpu.tensors).toBe(0);
    const kept = ({ shown, checks }: typeof gpu) => ({
      shown: shown.filter(({ id }) => !skip.includes(id)),
      checks: checks.filter(({ id }) => !skip.includes(id)),
    });
    const cells = Object.entries(gpu.cells).map(([name, milliseconds]) => `${name} ${milliseconds}`);
    console.log(
      `${slug}: ${gpu.kernels} kernels, WebGPU ${Math.round(gpu.milliseconds)} ms (${cells.join(', ')}), WASM ${Math.round(wasm.milliseconds)} ms, cut at ${cut} steps`,
    );
    expect(differences(kept(wasm), kept(gpu), tolerance)).toEqual([]);
  });
}
