import { test as base, expect, type Page } from 'playwright/test';
import { stands } from '../../src/tools/browser.ts';
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

/** A page that is there when it stands still, as a reader would wait for it. */
function patient(page: Page): Page {
  for (const name of ['goto', 'reload'] as const) {
    const go = page[name].bind(page) as (...given: unknown[]) => ReturnType<Page['reload']>;
    page[name] = async (...given: unknown[]) => {
      const response = await go(...given);
      await stands(page);
      return response;
    };
  }
  return page;
}

/**
 * Playwright's `test` with `site`: serves `dist/`, and fails the test on a console error, a page error, a request to
 * another host, a 404 or a CSP violation in `page`.
 */
export const test = base.extend<{ site: Site }, { server: TestServer }>({
  page: async ({ page }, use) => use(patient(page)),
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
