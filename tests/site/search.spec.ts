import { pathToFileURL } from 'node:url';
import { distFolder } from './dist.ts';
import { expect as base, test } from './fixture.ts';

const expect = base.configure({ timeout: 20_000 });

test('"/" opens the search, arrows walk the results by heading, Enter follows, Esc closes', async ({
  page,
  site,
}) => {
  await page.goto(site.url('papers/hopfield/'));
  await page.keyboard.press('/');
  const box = page.locator('dialog.search');
  await expect(box).toBeVisible();
  await page.keyboard.type('associative memory');
  const results = box.locator('.search-results a');
  await expect(results.first()).toContainText('Hopfield Networks');
  await page.keyboard.press('ArrowDown');
  await expect(results.first()).toBeFocused();
  await page.keyboard.press('ArrowUp');
  await expect(box.locator('input')).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(box).toBeHidden();
});

test('a result leads to its heading, under any path', async ({ page, site }) => {
  await page.goto(site.base);
  await page.locator('[data-search-open]').click();
  await page.keyboard.type('valleys');
  const part = page.locator('.search-results a.part').first();
  await expect(part).toContainText('The idea');
  await expect(part).not.toContainText('#');
  await part.click();
  await expect(page).toHaveURL(`${site.url('papers/hopfield/')}#idea`);
});

test('TeX of the formulas is found, each once', async ({ page, site }) => {
  await page.goto(site.base);
  await page.keyboard.press('/');
  await page.keyboard.type('softmax');
  await expect(page.locator('.search-results a.page', { hasText: 'Hopfield Networks' })).toBeVisible();
});

test('a filter narrows, and says when nothing is left', async ({ page, site }) => {
  await page.goto(site.base);
  await page.keyboard.press('/');
  await page.keyboard.type('pattern');
  await expect(page.locator('.search-results a').first()).toBeVisible();
  await page.locator('dialog.search [name=year]').selectOption('2020');
  await expect(page.locator('.search-results a').first()).toBeVisible();
  await page.locator('dialog.search input').fill('zzyzxq');
  await expect(page.locator('.search-status')).toHaveText('Nothing holds “zzyzxq”.');
});

test('outputs and rows of checks are not indexed', async ({ page, site }) => {
  await page.goto(site.url('papers/hopfield/'));
  const indexed = await page.evaluate(() => {
    const kept = (element: Element) => !element.closest('[data-no-search], [data-pagefind-ignore]');
    return [...document.querySelectorAll('.checks > li, .slot figure')].filter(kept).length;
  });
  expect(indexed).toBe(0);
});

test('from the disk the search says in one sentence what it needs', async ({ page, site }) => {
  site.allow(/request to another host: file:/);
  await page.goto(`${pathToFileURL(distFolder())}/index.html`);
  await page.keyboard.press('/');
  await expect(page.locator('.search-status')).toHaveText(/^Search needs a server for now/);
});
