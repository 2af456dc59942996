import { existsSync } from 'node:fs';
import { standingSlugs } from '../../src/build/notebooks.ts';
import { differences } from '../notebooks/compare.ts';
import { expect, test } from '../site/fixture.ts';
import { exceptions } from './exceptions.ts';
import { runInPage } from './in-page.ts';

/** Float32 on two machines: a few steps of training agree to this, relative to the larger value. */
const tolerance = 5e-3;
/** Steps after which loops are cut; SwiftShader takes a fifth of a second for each. */
const cut = process.env.ALL ? 20 : 2;

const wanted = process.env.PAPERS?.split(',').filter(Boolean);
const slugs = standingSlugs().filter(
  (slug) => existsSync(`content/papers/${slug}/recorded.json`) && (!wanted?.length || wanted.includes(slug)),
);

for (const slug of slugs) {
  test(`${slug}: real WebGPU gives the numbers of WASM`, async ({ page, site }) => {
    const { settings = {}, skip = [] } = exceptions[slug] ?? {};
    await page.goto(site.url(`papers/${slug}/index.html`));
    const wish = { slug, settings, cut, base: site.base };
    const wasm = await page.evaluate(runInPage, { ...wish, backend: 'wasm' as const });
    const gpu = await page.evaluate(runInPage, { ...wish, backend: 'webgpu' as const });
    expect([wasm.verdict.backend, gpu.verdict.backend]).toEqual(['wasm', 'webgpu']);
    expect([wasm.errors, gpu.errors]).toEqual([[], []]);
    expect(gpu.tensors).toBe(0);
    const kept = (run: typeof gpu) => ({
      shown: run.shown.filter(({ id }) => !skip.includes(id)),
      checks: run.checks.filter(({ id }) => !skip.includes(id)),
    });
    expect(differences(kept(wasm), kept(gpu), tolerance)).toEqual([]);
    console.log(
      `${slug}: ${gpu.kernels} kernels, WebGPU ${Math.round(gpu.milliseconds)} ms, WASM ${Math.round(wasm.milliseconds)} ms, cut at ${cut} steps`,
    );
  });
}
