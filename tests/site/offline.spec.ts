import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { test as base, expect, type Page } from 'playwright/test';
import { writeRelease } from '../../src/build/release.ts';
import { startServer, type TestServer } from '../server.ts';
import { distFolder } from './dist.ts';
import { notebookOf } from './notebook.ts';

/** A host of its own for each test: it can be cut off, and another release can be put on it. */
interface Host extends TestServer {
  folder: string;
  url(path: string): string;
  /** Changes files of the site and makes a release of it. */
  deploy(change: Record<string, (text: string) => string>): Promise<void>;
}

const test = base.extend<{ host: Host }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the pattern
  host: async ({}, use) => {
    const folder = await mkdtemp(path.join(os.tmpdir(), 'working-papers-'));
    await cp(distFolder(), folder, { recursive: true });
    const server = await startServer(folder);
    await use({
      ...server,
      folder,
      url: (page) => `${server.base}${page}index.html`,
      async deploy(change) {
        for (const [file, alter] of Object.entries(change)) {
          const at = path.join(folder, file);
          await writeFile(at, alter(await readFile(at, 'utf8')));
        }
        await writeRelease(folder);
      },
    });
    await server.close().catch(() => {});
    await rm(folder, { recursive: true });
  },
});
test.use({ serviceWorkers: 'allow' });

const hopfield = 'papers/hopfield/';

/** Addresses of what is kept, below the root. */
const kept = (page: Page, base: string) =>
  page.evaluate(async (base) => {
    const found: string[] = [];
    for (const name of await caches.keys())
      for (const { url } of await (await caches.open(name)).keys()) found.push(url.slice(base.length));
    return found;
  }, base);

/** Opens a page and waits until all it needs is kept. */
async function visit(page: Page, host: Host, address: string, until: string): Promise<void> {
  await page.goto(host.url(address));
  await expect.poll(() => kept(page, host.base), { timeout: 60_000 }).toContain(until);
}
const lastOfRunner = '_site/webgpu.js';

test('after one visit a page reads, runs and searches without its host; another says that it is not kept', async ({
  page,
  host,
}) => {
  await visit(page, host, hopfield, lastOfRunner);
  await host.close();
  await page.reload();
  await notebookOf(page).run();
  await notebookOf(page).ended('done');
  await expect(page.locator('.checks .check.fails')).toHaveCount(0);
  await page.locator('#figure-recall .take-figure').click();
  await expect(page.locator('.take-menu')).toBeVisible();
  await page.keyboard.press('Escape');
  await page.keyboard.press('/');
  await page.keyboard.type('softmax');
  await expect(page.locator('dialog.search ol a').first()).toBeVisible();
  await page.goto(host.url('papers/noprop/'));
  await expect(page.locator('[data-offline-missing]')).toContainText('papers/noprop/index.html is not kept');
  await page.goto(`${host.base}papers/hopfield`);
  await expect(page.locator('h1')).toContainText('Hopfield');
});

test('the library is saved whole: stopped, gone on with after a reload, read without its host, removed', async ({
  page,
  host,
}) => {
  await visit(page, host, 'offline/', 'offline/index.html');
  await page.reload();
  const says = page.locator('[data-offline-says]');
  await page.locator('[data-offline-save]').click();
  await page.locator('[data-offline-stop]').click();
  await expect(page.locator('[data-offline-save]')).toContainText('to go');
  await page.reload();
  await page.locator('[data-offline-save]').click();
  await expect(page.locator('[data-offline]')).toHaveAttribute('data-kept', 'all', { timeout: 60_000 });
  await expect(says).toContainText(/^The whole library is on this device: \d+ files, [\d.]+ MB\.$/);
  await page.reload();
  await expect(says).toContainText('The whole library is on this device');
  await host.close();
  await page.goto(host.url('papers/mpnn-graph-transformer/'));
  await notebookOf(page).run();
  await notebookOf(page).ended('done');
  await page.goto(host.url('guide/probe/'));
  await expect(page.locator('main img').first()).toHaveJSProperty('complete', true);
  expect(
    await page
      .locator('main img')
      .first()
      .evaluate((img: HTMLImageElement) => img.naturalWidth),
  ).toBeGreaterThan(0);
  await page.goto(host.url('offline/'));
  await expect(says).toContainText('Offline.');
});

test('a newer release waits until the reader asks, and comes as a whole; one half on the host changes nothing', async ({
  page,
  host,
}) => {
  await visit(page, host, hopfield, lastOfRunner);
  await page.reload();
  const title = (words: string) => (html: string) => html.replace(/<h1[^>]*>.*?<\/h1>/s, `<h1>${words}</h1>`);

  // Half of it: the list names a script that is not there yet.
  await host.deploy({
    'papers/hopfield/index.html': title('Second'),
    '_site/page.js': (text) => `${text}\n//2`,
  });
  const script = path.join(host.folder, '_site/page.js');
  const whole = await readFile(script);
  await writeFile(script, 'half');
  await page.evaluate(async () =>
    (await navigator.serviceWorker.getRegistration())!.update().catch(() => {}),
  );
  await page.waitForTimeout(1500);
  await page.reload();
  await expect(page.locator('h1')).toContainText('Hopfield');
  await expect(page.locator('.next-release')).toHaveCount(0);

  await writeFile(script, whole);
  await page.evaluate(async () => (await navigator.serviceWorker.getRegistration())!.update());
  await expect(page.locator('.next-release')).toContainText('A newer version of the library is ready.', {
    timeout: 30_000,
  });
  await page.locator('.next-release button').click();
  await expect(page.locator('h1')).toHaveText('Second');
  const names = await page.evaluate(() => caches.keys());
  expect(names).toHaveLength(1);
  // What was kept of the first is kept of the second.
  await host.close();
  await page.reload();
  await expect(page.locator('h1')).toHaveText('Second');
  await notebookOf(page).run();
  await notebookOf(page).ended('done');
});

test('a damaged file is not given out; a full disk is said', async ({ page, host }) => {
  await visit(page, host, hopfield, lastOfRunner);
  await page.evaluate(async (base) => {
    const [name] = await caches.keys();
    const cache = await caches.open(name);
    await cache.put(`${base}_site/page.js`, new Response('throw new Error("damaged")'));
  }, host.base);
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(error.message));
  await page.reload();
  await page.keyboard.press('/');
  await expect(page.locator('dialog.search')).toBeVisible();
  expect(errors).toEqual([]);

  await page.addInitScript(() => {
    Cache.prototype.put = async () => {
      throw new DOMException('no room', 'QuotaExceededError');
    };
  });
  await page.goto(host.url('offline/'));
  await page.locator('[data-offline-save]').click();
  await expect(page.locator('[data-offline-says]')).toContainText('This device has no room for more.');
  await expect(page.locator('[data-offline-save]')).toBeVisible();
});
