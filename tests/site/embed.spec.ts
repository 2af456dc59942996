import { readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { FrameLocator, Page } from 'playwright/test';
import { axeViolations } from './axe.ts';
import { distFolder } from './dist.ts';
import { expect, test } from './fixture.ts';
import { notebookOf } from './notebook.ts';

const folder = distFolder();
const slugs = readdirSync(join(folder, 'papers'));
const embedOf = (slug: string) => readFileSync(join(folder, 'papers', slug, 'embed/index.html'), 'utf8');

test('every paper has a notebook to embed, under the policy of its page, light, and in no search or release', () => {
  const policy = /http-equiv="Content-Security-Policy" content="[^"]+"/;
  const release = JSON.parse(readFileSync(join(folder, '_site/release.json'), 'utf8'));
  expect(Object.keys(release.files).filter((file) => file.includes('/embed/'))).toEqual([]);
  for (const slug of slugs) {
    const [html, page] = [embedOf(slug), readFileSync(join(folder, 'papers', slug, 'index.html'), 'utf8')];
    expect(policy.exec(html)?.[0], slug).toBe(policy.exec(page)?.[0]);
    expect(html).toContain('name="robots" content="noindex"');
    expect(html).not.toMatch(/data-pagefind-body|\s(?:href|src)="\//);
    // The policy knows the one inline script of every page by its hash; a frame has no other.
    const inline = (text: string) =>
      [...text.matchAll(/<script>([\s\S]*?)<\/script>/g)].map(([, code]) => code);
    expect(inline(html), slug).toEqual(inline(page));
    expect(gzipSync(html).length, slug).toBeLessThan(60_000);
  }
});

/** A page of another host that holds one frame. */
async function host(line: string): Promise<{ url: string; close: () => void }> {
  const server = createServer((_, response) => {
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' });
    response.end(
      `<!doctype html><html lang="en"><title>Another page</title><main><h1>Elsewhere</h1>${line}</main>`,
    );
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}/`, close: () => server.close() };
}

/** The line that a paper's page offers, as its Copy button gives it. */
async function offeredLine(page: Page, address: string): Promise<string> {
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.goto(address);
  await page.getByRole('button', { name: 'Copy the line' }).click();
  return page.evaluate(() => navigator.clipboard.readText());
}

async function runs(page: Page, frame: FrameLocator, byKeyboard: boolean): Promise<void> {
  const run = frame.getByRole('button', { name: 'Run' });
  if (byKeyboard) {
    await run.focus();
    await page.keyboard.press('Enter');
  } else await run.click();
  await expect(frame.locator('.notebook')).toHaveAttribute('data-outcome', 'done', { timeout: 60_000 });
}

for (const [width, colorScheme, byKeyboard] of [
  [1280, 'light', false],
  [390, 'dark', true],
] as const) {
  test(`in a page of another host it runs, checks and leads back: ${width} px, ${colorScheme}`, async ({
    page,
    site,
  }) => {
    await page.emulateMedia({ colorScheme });
    await page.setViewportSize({ width, height: 900 });
    const line = await offeredLine(page, site.url('papers/hopfield/'));
    expect(line).toBe(
      `<iframe src="${site.url('papers/hopfield/embed/')}" title="Hopfield Networks is All You Need" width="100%" height="760" loading="lazy"></iframe>`,
    );
    const elsewhere = await host(line);
    // The page around the frame is another host's, on purpose.
    site.allow(/request to another host: http:\/\/127\.0\.0\.1:/);
    site.allow(/favicon\.ico/);
    await page.goto(elsewhere.url);
    const frame = page.frameLocator('iframe');
    await expect(frame.getByRole('heading', { level: 1 })).toHaveText('Hopfield Networks is All You Need');
    await expect(frame.locator('.top, dialog.search')).toHaveCount(0);
    await expect(frame.locator('.figure .plot:visible, .figure .strip:visible').first()).toBeVisible();
    const color = await frame.locator('.run').evaluate((run) => getComputedStyle(run).color);
    expect(color).toBe(colorScheme === 'light' ? 'rgb(253, 252, 249)' : 'rgb(19, 20, 23)');
    await runs(page, frame, byKeyboard);
    await expect(frame.locator('.chip')).toContainText('Live on WASM');
    const summary = frame.locator('summary');
    await expect(summary).toHaveText('10 of 10 checks hold');
    if (byKeyboard) {
      await summary.focus();
      await page.keyboard.press('Enter');
    } else await summary.click();
    await expect(frame.locator('.check.holds')).toHaveCount(10);
    await frame.getByRole('button', { name: 'Break it: half digits' }).click();
    await expect(frame.locator('.check.fails').first()).toBeVisible({ timeout: 60_000 });
    const inside = await frame.locator('html').evaluate((html) => [html.scrollWidth, html.clientWidth]);
    expect(inside[0]).toBeLessThanOrEqual(inside[1]);
    const opened = page.waitForEvent('popup');
    await frame.getByRole('link', { name: 'the paper’s page' }).click();
    await (await opened).waitForURL(`${site.url('papers/hopfield/')}index.html`);
    elsewhere.close();
  });
}

test('the line takes the settings on screen along, and its frame opens with them', async ({ page, site }) => {
  await page.goto(site.url('papers/hopfield/?rule=linear&beta=0.1'));
  const line = page.locator('[data-embed-line]');
  await expect(line).toContainText('/embed/?rule=linear&amp;beta=0.1"');
  await page.locator('input[data-key=beta]').first().fill('200');
  await notebookOf(page).ended('done');
  await line.locator('xpath=..').focus();
  await expect(line).not.toContainText('beta=0.1');
  const address = /src="([^"]+)"/.exec((await line.textContent())!)![1].replaceAll('&amp;', '&');
  expect(address).toContain('rule=linear');
  await page.goto(address);
  await expect(page.locator('[data-key=rule]').first()).toHaveValue('linear');
  await expect(page.locator('[data-provenance]')).toContainText('Set to');
});

test('alone it is clean to axe in both themes, and its controls move its figure', async ({ page, site }) => {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    await page.goto(site.url('papers/hopfield/embed/'));
    await page.locator('summary').click();
    expect(await axeViolations(page)).toEqual([]);
  }
  const notebook = notebookOf(page);
  await notebook.run();
  await notebook.ended('done');
  const before = await page.locator('.figure').innerHTML();
  await page.locator('input[data-key=beta]').fill('20');
  await expect(page.locator('.figure .label').nth(3)).not.toHaveText('one update, β = 8');
  expect(await page.locator('.figure').innerHTML()).not.toBe(before);
  await expect(page.locator('.figure')).toHaveCount(1);
});
