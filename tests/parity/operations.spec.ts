import { build } from 'esbuild';
import { expect, test } from 'playwright/test';
import { startServer } from '../server.ts';
import type { Compared } from './operations-in-page.ts';
import { kernelSite } from './site.ts';

/** A software GPU and the CPU differ by 2e-4 at most in exp, tanh and long sums. */
const BAR = 1e-3;
/** What TensorFlow.js has no kernel for on WebGPU; no notebook uses it. */
const lacking = ['unique'];

test.use({ bypassCSP: true });

test('every operation and its gradient on WebGPU, beside the CPU', async ({ page }) => {
  const { outputFiles } = await build({
    entryPoints: ['tests/parity/operations-in-page.ts'],
    bundle: true,
    format: 'iife',
    write: false,
    logLevel: 'error',
  });
  const { folder, remove } = await kernelSite([]);
  const server = await startServer(folder);
  await page.goto(`${server.base}index.html`);
  await page.addScriptTag({ content: outputFiles[0].text });
  const compared = await page.evaluate(() =>
    (globalThis as unknown as { compareOperations(): Promise<Compared[]> }).compareOperations(),
  );
  await server.close();
  await remove();
  const failing = compared.filter(({ by }) => !(by !== undefined && by < BAR));
  expect(compared.length).toBeGreaterThan(300);
  expect(failing.filter(({ name }) => !lacking.includes(name))).toEqual([]);
  expect(failing.map(({ name }) => name)).toEqual(lacking);
});
