import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Page } from 'playwright/test';
import type { Recording } from '../../src/protocol.ts';
import { axeViolations } from './axe.ts';
import { distFolder, pagesOf } from './dist.ts';
import { expect, test } from './fixture.ts';
import { notebookOf } from './notebook.ts';

const slug = 'hopfield';
const recording: Recording = JSON.parse(readFileSync(`content/papers/${slug}/recorded.json`, 'utf8'));
let folder = '';
test.beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'taken ü '));
});
test.afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Does what hands a file over, and keeps it. */
async function taken(page: Page, act: () => Promise<void>): Promise<string> {
  const [download] = await Promise.all([page.waitForEvent('download'), act()]);
  const file = join(folder, download.suggestedFilename());
  await download.saveAs(file);
  return file;
}

test('three files, by keyboard: a program, a notebook, and the page as one file', async ({ page, site }) => {
  await page.goto(site.url(`papers/${slug}/`));
  const first = page.locator('[data-take="program"]');
  await first.focus();
  const files = [await taken(page, () => page.keyboard.press('Enter'))];
  for (let i = 0; i < 2; i++) {
    await page.keyboard.press('Tab');
    // Past the link to Deno, which stands between.
    if (await page.evaluate(() => document.activeElement?.matches('a'))) await page.keyboard.press('Tab');
    files.push(await taken(page, () => page.keyboard.press('Enter')));
  }
  expect(files.map((file) => file.split('/').at(-1))).toEqual([
    `${slug}.ts`,
    `${slug}.ipynb`,
    `${slug}.html`,
  ]);
  const [program, notebook] = files.map((file) => readFileSync(file, 'utf8'));
  expect(program).toContain("await cell('mechanism', async (use) => {");
  expect(program.length).toBeGreaterThan(500_000);
  expect(JSON.parse(notebook).nbformat_minor).toBe(5);
  expect(JSON.parse(notebook).metadata.working_papers.lab.length).toBeGreaterThan(100_000);
  await expect(page.locator('[data-take-status]')).toHaveText(/^hopfield\.html, [\d.]+ MB, is handed/);
  for (const [i, kind] of ['program', 'notebook', 'single'].entries()) {
    const said = Number.parseFloat(await page.locator(`[data-size="${kind}"]`).innerText());
    expect(Math.abs(statSync(files[i]).size / 1e6 - said), `the size said of ${kind}`).toBeLessThan(0.1);
  }
});

test('the single file, opened from a disk without a network, reads, runs and gives the recorded checks', async ({
  page,
  site,
  browser,
}) => {
  await page.goto(site.url(`papers/${slug}/`));
  const file = await taken(page, () => page.locator('[data-take="single"]').click());
  expect(statSync(file).size).toBeLessThan(2.5e6);
  const context = await browser.newContext({ offline: true, viewport: { width: 390, height: 800 } });
  const alone = await context.newPage();
  const problems: string[] = [];
  alone.on('console', (message) => message.type() === 'error' && problems.push(message.text()));
  alone.on('pageerror', (error) => problems.push(error.message));
  alone.on('request', (request) => {
    if (!/^(blob|data):/.test(request.url()) && request.url() !== pathToFileURL(file).href)
      problems.push(`asked for ${request.url()}`);
  });
  await alone.goto(pathToFileURL(file).href);
  await expect(alone.locator('h1')).toHaveText(/Hopfield Networks/);
  expect(
    await alone.evaluate(() => document.fonts.ready.then(() => document.fonts.check('16px KaTeX_Main'))),
    'fonts are inside',
  ).toBe(true);
  expect(await alone.locator('.katex').count()).toBeGreaterThan(40);
  expect(await alone.locator('.drawn svg').count()).toBeGreaterThan(4);
  await expect(alone.locator('#take + p')).toContainText('this is the page as one HTML file');
  expect(await alone.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
  const notebook = notebookOf(alone);
  await notebook.run();
  await notebook.ended('done');
  await expect(notebook.provenance()).toContainText(/^live on WASM/i);
  for (const check of recording.checks)
    await expect(alone.locator(`[data-check="${check.id}"] .verdict`), check.claim).toHaveText('holds');
  const measured = await alone.locator('.checks .check .figures b').allInnerTexts();
  expect(measured).toHaveLength(recording.checks.length);
  await notebook.forget();
  await alone.locator('[data-key="rule"]').first().selectOption('linear');
  await notebook.ended('done');
  await expect(alone.locator('.checks .check.fails').first()).toBeVisible();
  expect(await axeViolations(alone)).toEqual([]);
  expect(problems).toEqual([]);
  await context.close();
});

/** Types at the start of a cell. */
async function edit(page: Page, cell: string, text: string): Promise<void> {
  await page.locator(`[data-edit="${cell}"]`).click();
  const content = page.locator(`[data-cell="${cell}"] .cm-content`);
  await expect(content).toBeFocused();
  await page.keyboard.press('Control+Home');
  await page.keyboard.insertText(text);
  await expect(page.locator(`[data-cell="${cell}"] .edit-note`)).toContainText('new');
}

test('the single file opens with the settings and edits of its maker; their code waits for a click', async ({
  page,
  site,
  browser,
}) => {
  await page.goto(site.url(`papers/${slug}/?beta=0.1`));
  await edit(page, 'mechanism', "// mine\nimport { show } from 'lab';\nshow('mine', 'by its maker');\n");
  const file = await taken(page, () => page.locator('[data-take="single"]').click());
  expect(statSync(file).size).toBeLessThanOrEqual(2.5e6);
  const context = await browser.newContext({ offline: true });
  const alone = await context.newPage();
  const problems: string[] = [];
  alone.on('pageerror', (error) => problems.push(error.message));
  alone.on('console', (message) => message.type() === 'error' && problems.push(message.text()));
  await alone.goto(pathToFileURL(file).href);
  const panel = alone.locator('.from-link');
  await expect(panel).toContainText('This file brings code that is not the site’s: mechanism.ts.', {
    timeout: 30_000,
  });
  const cell = alone.locator('[data-cell="mechanism"]');
  await expect(cell.locator('.edit-note')).toContainText('From this file, not the site’s code: 3 lines new');
  await expect(alone.locator('input[data-key="beta"]').first()).toHaveAttribute('aria-valuetext', '0.1');
  const notebook = notebookOf(alone);
  await notebook.run();
  await expect(panel.locator('[data-does="accept"]')).toBeFocused();
  await alone.keyboard.press('Enter');
  await notebook.ended('done');
  await expect(cell.locator('.slot.live')).toHaveText('by its maker');
  await expect(notebook.provenance()).toContainText('with mechanism.ts edited');
  await alone.reload();
  await panel.locator('[data-does="decline"]').click();
  await notebook.run();
  await notebook.ended('done');
  await expect(notebook.provenance()).not.toContainText('edited');
  expect(problems).toEqual([]);
  await context.close();
});

test('a single file that was cut, that lacks a part or that was damaged says so in a sentence', async ({
  page,
  site,
  browser,
}) => {
  await page.goto(site.url(`papers/${slug}/`));
  const whole = readFileSync(await taken(page, () => page.locator('[data-take="single"]').click()), 'utf8');
  const context = await browser.newContext({ offline: true });
  const alone = await context.newPage();
  const open = async (text: string) => {
    expect(text, 'there is something to damage').not.toBe(whole);
    writeFileSync(join(folder, 'damaged.html'), text);
    await alone.goto(pathToFileURL(join(folder, 'damaged.html')).href);
  };
  await open(whole.slice(0, -100_000));
  await expect(alone.getByRole('alert').first()).toHaveText(/^This file is not whole: its end is missing/);
  await expect(alone.locator('h1')).toHaveText(/Hopfield Networks/);
  const said = alone.locator('[data-provenance]').first();
  const run = () => alone.locator('.notebook [data-run]').first().click();
  await open(whole.replace(/<script type="text\/plain" data-carried="kernel\.js">[^<]*<\/script>/, ''));
  await run();
  await expect(said).toContainText('The part kernel.js is not in this file', { timeout: 30_000 });
  await open(
    whole.replace(
      /(data-carried="kernel\.js">.{5000})(.{60})/,
      (_, before, piece) => before + [...piece].reverse().join(''),
    ),
  );
  await run();
  await expect(said).toContainText('The part kernel.js of this file is damaged', { timeout: 30_000 });
  await open(whole.replace(/<script type="text\/plain" data-carried="figures\.js">[^<]*<\/script>/, ''));
  await expect(alone.locator('.drawn svg').first()).toBeVisible();
  await expect(alone.locator('.take-figure')).toHaveCount(0);
  await open(whole.replace(/data-carried="data\/mnist[^"]*">/, (tag) => tag.replace('mnist', 'most')));
  await run();
  await expect(alone.locator('.cell-error:visible').first()).toContainText(
    /data\/mnist[\w.-]+ is not in this file/,
    {
      timeout: 60_000,
    },
  );
  await context.close();
});

test('an edit that does not compile keeps no program and no notebook, says its line, and stays', async ({
  page,
  site,
}) => {
  await page.goto(site.url(`papers/${slug}/`));
  await edit(page, 'mechanism', 'export const a = = 1;\n');
  for (const kind of ['program', 'notebook']) {
    await page.locator(`[data-take="${kind}"]`).click();
    await expect(page.locator('[data-take-status]')).toContainText(
      /could not be put together: mechanism\.ts does not parse: .*\(line 1, column \d+\)\. Mend that line, .* stays as it is\.$/,
    );
  }
  await expect(page.locator('[data-cell="mechanism"] .cm-content')).toContainText('export const a = = 1;');
  const file = await taken(page, () => page.locator('[data-take="single"]').click());
  expect(readFileSync(file, 'utf8')).toContain('data-opening');
});

test('an edited cell goes along into program and notebook, whatever it exports', async ({ page, site }) => {
  await page.goto(site.url(`papers/${slug}/`));
  await edit(page, 'mechanism', 'export const mine = 1, yours = 2;\n');
  const program = readFileSync(
    await taken(page, () => page.locator('[data-take="program"]').click()),
    'utf8',
  );
  expect(program).toMatch(/mechanism\.ts, as its reader changed it/);
  expect(program).toMatch(/return \{ [^}]*mine[^}]*yours[^}]*\};/);
  const notebook = readFileSync(
    await taken(page, () => page.locator('[data-take="notebook"]').click()),
    'utf8',
  );
  expect(notebook).toContain('const mine = 1, yours = 2;');
});

test('from a disk the files are put together too', async ({ page, site }) => {
  site.allow(/^request to another host: file:/);
  await page.goto(pathToFileURL(join(distFolder(), `papers/${slug}/index.html`)).href);
  for (const kind of ['program', 'notebook', 'single']) {
    const file = await taken(page, () => page.locator(`[data-take="${kind}"]`).click());
    expect(statSync(file).size).toBeGreaterThan(400_000);
    if (kind === 'single')
      expect(readFileSync(file, 'utf8'), 'no address of this disk').not.toContain('file:///');
  }
});

test('no single file is larger than 2.5 MB, and every page says all three sizes', { tag: '@paper' }, () => {
  for (const page of pagesOf(distFolder()).filter((name) => /^papers\/[^/]+\/$/.test(name))) {
    const html = readFileSync(join(distFolder(), page, 'index.html'), 'utf8');
    const sizes = [...html.matchAll(/data-size="(\w+)">([\d.]+) MB</g)].map(([, kind, size]) => [
      kind,
      Number(size),
    ]);
    expect(
      sizes.map(([kind]) => kind),
      page,
    ).toEqual(['program', 'notebook', 'single']);
    expect(sizes[2][1], page).toBeLessThanOrEqual(2.5);
  }
});

test('a part that does not come is told with its name, and a second try is possible', async ({
  page,
  site,
}) => {
  site.allow(/shared\.js|ERR_FAILED|Failed to load/);
  await page.goto(site.url(`papers/${slug}/`));
  await page.route('**/_site/take/shared.js*', (route) => route.abort());
  await page.locator('[data-take="single"]').click();
  await expect(page.locator('[data-take-status]')).toHaveText(
    'hopfield.html could not be put together: the file take/shared.js could not be loaded. Press it again to try once more.',
  );
  await page.unroute('**/_site/take/shared.js*');
  expect(await taken(page, () => page.locator('[data-take="single"]').click())).toContain('hopfield.html');
});
