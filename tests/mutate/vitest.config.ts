import { resolve } from 'node:path';
import { defineConfig } from 'vitest/config';

/** The tests of mechanisms alone, for Stryker: one project, one worker, because Stryker runs several of it. */
export default defineConfig({
  resolve: { alias: { lab: resolve(process.cwd(), 'src/lab/index.ts') } },
  test: { include: ['tests/papers/*.test.ts'], testTimeout: 60_000, hookTimeout: 60_000 },
});
