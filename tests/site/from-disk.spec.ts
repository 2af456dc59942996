import { cpSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { expect, type Page, test } from 'playwright/test';
import { startServer } from '../server.ts';
import { distFolder, pagesOf } from './dist.ts';
import { notebookOf } from './notebook.ts';

const folder = distFolder();
/** The page for missing addresses is for hosts: from the disk nothing leads to it. */
const pages = pagesOf(folder).filter((path) => path !== '404.html');

/** Three notebooks that differ in what they read and run; those of them that the site has. */
const three = ['hopfield', 'noprop', 'text-vectors'].filter((slug) => pages.includes(`papers/${slug}/`));
// A test of one paper has at least that one.
if (three.length === 0) three.push(...pages.filter((path) => /^papers\/[\w-]+\/$/.test(path)).slice(0, 1));

let root = '';
test.beforeAll(() => {
  root = join(mkdtempSync(join(tmpdir(), 'a stick ü 日本 ')), 'working papers');
  cpSync(folder, root, { recursive: true });
});
test.afterAll(() => rmSync(join(root, '..'), { recursive: true, force: true }));

const onDisk = (path: string) =>
  pathToFileURL(join(root, path, path.endsWith('.html') ? '' : 'index.html')).href.replace(/\/$/, '');

/** Errors of the page, and every address it asked for that is no file. */
function faultsOf(page: Page): string[] {
  const faults: string[] = [];
  page.on('console', (message) => message.type() === 'error' && faults.push(message.text()));
  page.on('pageerror', (error) => faults.push(error.message));
  page.on('request', (request) => {
    if (!/^(file|blob|data):/.test(request.url())) faults.push(`asked for ${request.url()}`);
  });
  return faults;
}

/** What a page lacks, in words, and where its links lead. */
const read = (page: Page) =>
  page.evaluate(async () => {
    await document.fonts.ready;
    const fonts = [...document.fonts].filter(({ status }) => status === 'error');
    const formulas = document.querySelectorAll('.katex').length;
    const empty = [...document.querySelectorAll('.slot')].filter(
      (slot) => !slot.querySelector('svg, table, p'),
    );
    const links = [...document.querySelectorAll<HTMLAnchorElement>('a[href]')].map(
      ({ href }) => href.split(/[?#]/)[0],
    );
    return {
      lacks: [
        ...(document.querySelector('h1') ? [] : ['a heading']),
        ...(getComputedStyle(document.body).fontFamily.includes('Source') ? [] : ['its stylesheet']),
        ...fonts.map(({ family }) => `the letters of ${family}`),
        ...(document.querySelectorAll('math').length < formulas ? ['MathML of formulas'] : []),
        ...(empty.length > 0 ? [`${empty.length} recorded figures`] : []),
      ],
      links: [...new Set(links)].filter((href) => href.startsWith('file:')),
    };
  });

test('from the disk, without a network, every page of the library reads in full and its links lead to files', async ({
  page,
  context,
}) => {
  test.setTimeout(240_000);
  await context.setOffline(true);
  const faults = faultsOf(page);
  for (const path of pages) {
    await page.goto(onDisk(path));
    const { lacks, links } = await read(page);
    expect(lacks, path).toEqual([]);
    // Of a few papers alone, links to the others lead to no file.
    if (process.env.PAPERS) continue;
    const astray = links.filter((href) => !existsSync(fileURLToPath(href)));
    expect(astray, `links of ${path}`).toEqual([]);
    expect(
      links.filter((href) => href.endsWith('/')),
      `links of ${path} to a folder`,
    ).toEqual([]);
  }
  console.log(`${pages.length} pages from the disk`);
  expect(faults).toEqual([]);
});

/** Runs a notebook; its backend, and what each check measured, as the page writes it. */
async function measured(page: Page, url: string): Promise<{ backend: string | null; checks: string[] }> {
  await page.goto(url);
  const notebook = notebookOf(page);
  await notebook.run();
  await notebook.ended('done');
  return {
    backend: await notebook.section.getAttribute('data-backend'),
    checks: await page
      .locator('.checks .check')
      .evaluateAll((rows) =>
        rows.map(
          (row) =>
            `${(row as HTMLElement).dataset.check} ${row.className}: ${row.querySelector('.figures b')?.textContent}`,
        ),
      ),
  };
}

for (const slug of three) {
  const path = slug.startsWith('papers/') ? slug : `papers/${slug}/`;
  test(`from the disk, without a network, ${path} measures what it measures over http`, async ({
    browser,
  }) => {
    const server = await startServer(folder);
    const [there, here] = await Promise.all([browser.newContext(), browser.newContext()]);
    try {
      const overHttp = await measured(await there.newPage(), server.base + path);
      await here.setOffline(true);
      const page = await here.newPage();
      const faults = faultsOf(page);
      const fromDisk = await measured(page, onDisk(path));
      expect(overHttp.checks.length).toBeGreaterThan(0);
      expect(overHttp.backend).toBe('wasm');
      expect(fromDisk).toEqual(overHttp);
      expect(faults).toEqual([]);
    } finally {
      await Promise.all([there.close(), here.close()]);
      await server.close();
    }
  });
}

test('from the disk a cell is edited, runs, and is there again after a reload', async ({ page }) => {
  const problems: string[] = [];
  page.on('console', (message) => message.type() === 'error' && problems.push(message.text()));
  page.on('pageerror', (error) => problems.push(error.message));
  await page.goto(onDisk('papers/hopfield/'));
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

test('from the disk the front page filters its library', async ({ page }) => {
  const faults = faultsOf(page);
  await page.goto(onDisk('index.html'));
  const papers = page.locator('[data-gallery] > li:visible');
  const all = await papers.count();
  await page.locator('[data-section]:not([data-section=""])').first().click();
  await expect.poll(() => papers.count()).toBeLessThan(all);
  expect(faults).toEqual([]);
});
