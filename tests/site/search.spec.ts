import { cpSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { gzipSync } from 'node:zlib';
import type { Page } from 'playwright/test';
import { test as plain } from 'playwright/test';
import { distFolder } from './dist.ts';
import { expect as base, test } from './fixture.ts';

const expect = base.configure({ timeout: 20_000 });

const box = (page: Page) => page.locator('dialog.search');
const results = (page: Page) => box(page).locator('.search-results a');
const pages = (page: Page) => box(page).locator('.search-results a.page');
const status = (page: Page) => box(page).locator('.search-status');

/** Opens the box and types. */
async function ask(page: Page, query: string): Promise<void> {
  await page.keyboard.press('/');
  await expect(box(page)).toBeVisible();
  await page.keyboard.type(query);
}

test('"/" opens the search, arrows walk the results by heading, Enter follows, Esc closes', async ({
  page,
  site,
}) => {
  await page.goto(site.url('papers/hopfield/'));
  await ask(page, 'associative memory');
  await expect(results(page).first()).toContainText('Hopfield Networks');
  await page.keyboard.press('ArrowDown');
  await expect(results(page).first()).toBeFocused();
  // The answer to the last letter comes when one already walks.
  await results(page)
    .first()
    .evaluate((link) => link.setAttribute('data-earlier', ''));
  await box(page)
    .locator('input')
    .evaluate((input: HTMLInputElement) => {
      input.value = 'associative memories';
      input.dispatchEvent(new Event('input', { bubbles: true }));
    });
  await expect(box(page).locator('[data-earlier]')).toHaveCount(0);
  await expect(results(page).first()).toBeFocused();
  await page.keyboard.press('ArrowUp');
  await expect(box(page).locator('input')).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(box(page)).toBeHidden();
});

test('a result leads to its heading, under any path', async ({ page, site }) => {
  await page.goto(site.base);
  await page.locator('[data-search-open]').click();
  await page.keyboard.type('valleys');
  const part = box(page).locator('a.part').first();
  await expect(part).toContainText('The idea');
  await part.click();
  await expect(page).toHaveURL(`${site.url('papers/hopfield/')}#idea`);
});

test('a formula finds its shape under other letters, shows it set, and leads to it', async ({
  page,
  site,
}) => {
  await page.goto(site.base);
  await ask(page, 'softmax(AB^T/sqrt(m))C');
  await expect(pages(page).first()).toContainText('Hopfield Networks');
  const formula = box(page).locator('a.formula').first();
  await expect(formula).toHaveText(/^Z\s=\ssoftmax\(QK⊤.*formula \(3\)$/);
  await expect(formula).toHaveAccessibleName('formula (3): Z = softmax(QKᵀ/√dₖ)V.');
  expect(await box(page).locator('.search-results').textContent()).not.toContain('\\');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(`${site.url('papers/hopfield/')}#formula-3`);
  await expect(page.locator('#formula-3')).toBeInViewport();
});

test('a letter finds the row of its symbol, an arXiv number and an author their paper', async ({
  page,
  site,
}) => {
  await page.goto(site.base);
  await ask(page, '\\xi');
  // Other papers have a letter of this name, too.
  await expect(pages(page).filter({ hasText: 'Hopfield Networks' }).first()).toBeVisible();
  await expect(box(page).locator('a.symbol').filter({ hasText: 'state, the query' }).first()).toBeVisible();
  for (const query of ['2008.02217', 'Schäfl', 'schafl 2020', 'https://arxiv.org/abs/2008.02217']) {
    await box(page).locator('input').fill(query);
    await expect(status(page)).toHaveText('1 page');
    await expect(pages(page).first()).toContainText('Hopfield Networks');
  }
});

test('a filter narrows, and says when nothing is left', async ({ page, site }) => {
  await page.goto(site.base);
  await ask(page, 'pattern');
  await expect(pages(page).first()).toBeVisible();
  await box(page).locator('[name=year]').selectOption('2020');
  await expect(pages(page).first()).toBeVisible();
  for (const by of await box(page).locator('a.page .by').allTextContents()) expect(by).toContain('2020');
  await box(page).locator('input').fill('zzyzxq');
  await expect(status(page)).toHaveText('Nothing holds “zzyzxq”.');
});

test('passages of the text are found through Pagefind, with formulas as they are read', async ({
  page,
  site,
}) => {
  await page.goto(site.base);
  await ask(page, 'sign rule keeps random patterns');
  await box(page).getByRole('button', { name: 'Search the text for passages' }).click();
  await expect(status(page)).toHaveText(/^\d+ pages? ha(s|ve) such passages\.$/);
  const passages = box(page).locator('.passage');
  await expect(passages.first().locator('mark').first()).toBeVisible();
  await box(page).locator('input').fill('overlap exponential sphere radius');
  await box(page).getByRole('button', { name: 'Search the text for passages' }).press('Enter');
  await expect(passages.first().locator('a').first()).toBeFocused();
  expect((await passages.allTextContents()).join()).not.toMatch(/\\[a-z]/);
});

test('outputs and rows of checks are not in the passages', async ({ page, site }) => {
  await page.goto(site.url('papers/hopfield/'));
  const indexed = await page.evaluate(() => {
    const kept = (element: Element) => !element.closest('[data-no-search], [data-pagefind-ignore]');
    return [...document.querySelectorAll('.checks > li, .slot figure')].filter(kept).length;
  });
  expect(indexed).toBe(0);
});

test('what was typed before the box was ready is answered; what did not load is said, and asked for again', async ({
  page,
  site,
}) => {
  site.allow(/404|ERR_FAILED|did not load|could not be loaded|Failed to load/);
  let fails = true;
  await page.route('**/_site/search.js*', (route) => (fails ? route.abort() : route.continue()));
  await page.goto(site.base);
  await ask(page, 'hopfield');
  await expect(status(page)).toHaveText(/^The search did not load\. .*what you typed stays\.$/);
  fails = false;
  await page.keyboard.press('Escape');
  await expect(box(page)).toBeHidden();
  await ask(page, '');
  await expect(box(page).locator('input')).toHaveValue('hopfield');
  await expect(box(page)).toHaveAttribute('data-box', 'ready');
  await expect(pages(page).first()).toContainText('Hopfield Networks');
});

test('a first query fetches at most 100 kB, each letter typed, and answers each within 100 ms', async ({
  page,
  site,
}) => {
  await page.goto(site.base);
  const fetched: Promise<Buffer>[] = [];
  page.on('response', (response) => {
    if (/_site\/search|pagefind/.test(response.url())) fetched.push(response.body());
  });
  await ask(page, '');
  await expect(box(page)).toHaveAttribute('data-box', 'ready');
  const times: number[] = [];
  for (const query of ['inverse temperature', 'softmax(QK^T)V']) {
    await box(page).locator('input').fill('');
    for (let length = 2; length <= query.length; length++)
      times.push(await delay(page, query.slice(0, length)));
    await expect(pages(page).first()).toContainText('Hopfield Networks');
  }
  const bytes = (await Promise.all(fetched)).reduce((sum, body) => sum + gzipSync(body).length, 0);
  times.sort((a, b) => a - b);
  const p95 = times[Math.floor(times.length * 0.95)];
  console.log(`${(bytes / 1000).toFixed(0)} kB, ${p95.toFixed(0)} ms at the 95th percentile`);
  expect(bytes).toBeGreaterThan(10_000);
  expect(bytes).toBeLessThan(100_000);
  expect(p95).toBeLessThan(100);
});

/** From the letter to the answer on the page. */
const delay = (page: Page, text: string) =>
  page.evaluate(async (text) => {
    const input = document.querySelector<HTMLInputElement>('dialog.search input')!;
    const list = document.querySelector('.search-results')!;
    const shown = new Promise((done) => {
      const observer = new MutationObserver(done);
      observer.observe(list, { childList: true });
      setTimeout(done, 1000);
    });
    const began = performance.now();
    input.value = text;
    input.dispatchEvent(new Event('input', { bubbles: true }));
    await shown;
    return performance.now() - began;
  }, text);

plain(
  'from the disk titles, names, formulas and words are searched; what is not is said, with the command',
  async ({ page }) => {
    const folder = join(mkdtempSync(join(tmpdir(), 'a stick ü ')), 'site');
    cpSync(distFolder(), folder, {
      recursive: true,
      filter: (file) => !/[\\/]data[\\/]|\.text\.js$/.test(file),
    });
    const problems: string[] = [];
    page.on('console', (message) => message.type() === 'error' && problems.push(message.text()));
    page.on('pageerror', (error) => problems.push(error.message));
    try {
      await page.goto(pathToFileURL(join(folder, 'guide/index.html')).href);
      for (const query of ['Ramsauer', '2008.02217', 'softmax(AB^T)C', 'valleys']) {
        await ask(page, query);
        await expect(pages(page).first()).toContainText('Hopfield Networks');
        await page.keyboard.press('Escape');
        await page.locator('body').press('Home');
        await box(page)
          .locator('input')
          .evaluate((input: HTMLInputElement) => (input.value = ''));
      }
      await ask(page, 'associative memory');
      await expect(box(page).locator('.further.passages')).toHaveText(
        'Passages of the text are not searched from the disk; to search them, serve the folder: python3 -m http.server',
      );
      await pages(page).first().click();
      await expect(page.locator('h1')).toContainText('Hopfield');
      expect(problems).toEqual([]);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
);

plain('the index holds every page of the site', () => {
  const records = readdirSync(join(distFolder(), '_site/search')).filter((file) => file.startsWith('page-'));
  const files = readdirSync(distFolder(), { recursive: true, encoding: 'utf8' });
  // But for the front page, which is the list itself, and notebooks that stand in frames.
  expect(records).toHaveLength(files.filter((file) => /(?<!embed)[\\/]index\.html$/.test(file)).length);
});

plain('of Pagefind there is what passages need, and none of its ready-made interfaces', () => {
  const files = readdirSync(join(distFolder(), 'pagefind')).filter((file) => /\.(js|css)$/.test(file));
  expect(files.sort()).toEqual(['pagefind-worker.js', 'pagefind.js']);
});
