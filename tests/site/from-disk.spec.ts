import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, test } from 'playwright/test';
import { distFolder } from './dist.ts';
import { notebookOf } from './notebook.ts';

test('opened by double click, with no server, the page reads and runs', async ({ page }) => {
  const folder = join(mkdtempSync(join(tmpdir(), 'a stick ü ')), 'site');
  cpSync(distFolder(), folder, { recursive: true });
  const problems: string[] = [];
  page.on('console', (message) => message.type() === 'error' && problems.push(message.text()));
  page.on('pageerror', (error) => problems.push(error.message));
  try {
    await page.goto(pathToFileURL(join(folder, 'papers/hopfield/index.html')).href);
    const notebook = notebookOf(page);
    await notebook.run();
    await notebook.ended('done');
    await expect(notebook.provenance()).toContainText(/^live on WASM/i);
    await expect(page.locator('.checks .check.fails')).toHaveCount(0);
    await page.goto(pathToFileURL(join(folder, 'index.html')).href);
    const papers = page.locator('[data-gallery] > li:visible');
    const all = await papers.count();
    await page.locator('[data-section]:not([data-section=""])').first().click();
    await expect.poll(() => papers.count()).toBeLessThan(all);
    expect(problems).toEqual([]);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
