import { test as base, expect } from 'playwright/test';
import { startServer, type TestServer } from '../server.ts';
import { distFolder } from './dist.ts';
import { watch } from './watch.ts';

/** The site as a test sees it. */
export interface Site {
  /** Address of the root, under a random path, with a slash at the end. */
  base: string;
  origin: string;
  /** Full address of a page, e.g. `url('papers/hopfield/')`. */
  url(path: string): string;
  /** Faults that match (see `watch.ts`) do not fail this test. */
  allow(pattern: RegExp): void;
  /** What went wrong so far. */
  faults(): string[];
}

/**
 * Playwright's `test` with `site`: serves `dist/`, and fails the test on a console error, a page error, a request to
 * another host, a 404 or a CSP violation in `page`.
 */
export const test = base.extend<{ site: Site }, { server: TestServer }>({
  server: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the pattern
    async ({}, use) => {
      const server = await startServer(distFolder());
      await use(server);
      await server.close();
    },
    { scope: 'worker' },
  ],
  site: [
    async ({ page, server }, use) => {
      const { faults, allow } = await watch(page, server);
      await use({
        base: server.base,
        origin: server.origin,
        url: (path) => server.base + encodeURI(path),
        allow,
        faults,
      });
      expect(faults(), 'nothing goes wrong while the page is open').toEqual([]);
    },
    { auto: true },
  ],
});
export { expect };
