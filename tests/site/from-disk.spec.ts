import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, test } from 'playwright/test';
import { distFolder } from './dist.ts';
import { notebookOf } from './notebook.ts';

test('from the disk a cell is edited, runs, and is there again after a reload', async ({ page }) => {
  const problems: string[] = [];
  page.on('console', (message) => message.type() === 'error' && problems.push(message.text()));
  page.on('pageerror', (error) => problems.push(error.message));
  await page.goto(pathToFileURL(join(distFolder(), 'papers/hopfield/index.html')).href);
  await page.locator('[data-edit="mechanism"]').click();
  const field = page.locator('[data-cell="mechanism"] .cm-content');
  await expect(field).toBeFocused();
  await page.keyboard.press('Control+Home');
  await page.keyboard.insertText("import { show } from 'lab';\nshow('words', 'from the disk');\n");
  await page.keyboard.press('Control+Enter');
  await notebookOf(page).ended('done');
  await expect(page.locator('[data-output="words"]')).toHaveText('from the disk');
  await page.reload();
  await expect(field).toContainText('from the disk');
  expect(problems).toEqual([]);
});

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
