import { resolve } from 'node:path';
import { defineConfig } from 'vitest/config';

const alias = { lab: resolve(import.meta.dirname, 'src/lab/index.ts') };
const project = (name: string, include: string, testTimeout: number) => ({
  resolve: { alias },
  test: { name, include: [include], testTimeout, hookTimeout: testTimeout },
});

/** The layers that run in Node; `npm test -- <layer>` chooses one. */
export default defineConfig({
  test: {
    maxWorkers: 2,
    projects: [
      project('unit', 'tests/unit/**/*.test.ts', 30_000),
      project('papers', 'tests/papers/*.test.ts', 60_000),
      project('notebooks', 'tests/notebooks/*.test.ts', 600_000),
    ],
  },
});
