import type { Locator, Page } from 'playwright/test';
import { compileCell } from '../../src/compile-cell.ts';
import type { Recording } from '../../src/protocol.ts';
import { expect } from './fixture.ts';

/** The notebook of a page, as a reader uses it. */
export function notebookOf(page: Page) {
  const section = page.locator('.notebook[data-slug]');
  return {
    section,
    run: () => page.locator('.notebook [data-run]').first().click(),
    stop: () => page.locator('[data-stop]').first().click(),
    /** Waits until a run has ended this way. */
    ended: (outcome: 'done' | 'stopped' | 'error' | 'broken', timeout = 120_000) =>
      expect(section).toHaveAttribute('data-outcome', outcome, { timeout }),
    forget: () => section.evaluate((element) => element.removeAttribute('data-outcome')),
    cell: (name: string) => page.locator(`[data-cell="${name}"]`),
    error: (name: string) => page.locator(`[data-cell="${name}"] .cell-error`),
    provenance: () => page.locator('[data-provenance]').first(),
  };
}

/** Taps as a reader does, who sees first what is there: what comes near after a jump is laid out in the next frames. */
export async function tap(button: Locator): Promise<void> {
  await button.scrollIntoViewIfNeeded();
  await button.evaluate(async () => {
    for (let frame = 0; frame < 4; frame++) await new Promise(requestAnimationFrame);
  });
  await button.tap();
}

const empty: Recording = {
  sources: '',
  runtime: '',
  environment: 'WASM, Node 24',
  seed: 0,
  assets: [],
  milliseconds: 1,
  kernels: 1,
  peakBytes: 1,
  controls: [],
  shown: [],
  checks: [],
  seeds: [],
  broken: [],
};

/** Puts other cells into the page of a paper: the page stays, what it runs is given here. */
export async function withCells(
  page: Page,
  slug: string,
  cells: Record<string, string>,
  recorded: Partial<Recording> = {},
): Promise<void> {
  const recording = { ...empty, ...recorded };
  const notebook = { slug, cells: Object.entries(cells).map(([name, text]) => compileCell(name, text)) };
  const body = `(self.workingPapers??={})[${JSON.stringify(slug)}]=${JSON.stringify({ notebook, recording })}`;
  await page.route(`**/_site/papers/${slug}.js*`, (route) =>
    route.fulfill({ contentType: 'text/javascript', body }),
  );
}
