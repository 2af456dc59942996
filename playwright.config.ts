import { defineConfig } from 'playwright/test';
import { launchOptions } from './src/tools/browser.ts';

const project = (name: string, timeout: number, webgpu = false) => ({
  name,
  testDir: `tests/${name}`,
  timeout,
  // A worker that keeps pages for later would fetch half the site in every test; its own tests let it in.
  use: { launchOptions: launchOptions({ webgpu }), serviceWorkers: 'block' as const },
});

/** The layers that run in a browser on `dist/`, served by tests/site/fixture.ts; `npm test -- <layer>` chooses one. */
export default defineConfig({
  testMatch: '**/*.spec.ts',
  workers: 2,
  fullyParallel: true,
  forbidOnly: true,
  snapshotPathTemplate: '{testDir}/{testFileName}-pictures/{arg}{ext}',
  projects: [project('site', 240_000), project('parity', 900_000, true), project('visual', 60_000)],
});
