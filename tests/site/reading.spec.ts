import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { parseHTML } from 'linkedom';
import { type Page, test as plain } from 'playwright/test';
import { distFolder, pagesOf } from './dist.ts';
import { expect, test } from './fixture.ts';

const folder = distFolder();
const papers = pagesOf(folder).filter((page) => page.startsWith('papers/'));
const read = (file: string) => readFileSync(join(folder, file));
/** The page as the server sends it, without a browser. */
const documentOf = (paper: string) => parseHTML(read(`${paper}index.html`).toString()).document;
const gzipped = (file: string) => gzipSync(read(file)).length;

plain('there are papers to read', () => {
  expect(papers.length).toBeGreaterThan(0);
});

test('the front page, the search and the page of checks hold every paper', async ({ page, site }) => {
  const slugs = readdirSync(join(folder, 'papers'));
  const leadsTo = (links: Element[]) =>
    links.map((link) => /papers\/([^/]+)\//.exec((link as HTMLAnchorElement).href)?.[1]);
  await page.goto(site.base);
  const cards = page.locator('[data-gallery] > li a:first-of-type');
  expect([...new Set(await cards.evaluateAll(leadsTo))].sort()).toEqual(slugs.sort());
  const found = await page.evaluate(async (address) => {
    const index = await import(address);
    const { results } = await index.search(null);
    const pages: { url: string }[] = await Promise.all(results.map((r: { data(): unknown }) => r.data()));
    return pages.map(({ url }) => /papers\/([^/]+)\//.exec(url)?.[1]).filter((slug) => slug);
  }, site.url('pagefind/pagefind.js'));
  expect(found.sort()).toEqual(slugs);
  await page.goto(site.url('verify/'));
  await expect(page.locator('[data-paper]')).toHaveCount(slugs.length);
});

plain('the script of a page weighs at most 15 kB', () => {
  expect(gzipped('_site/page.js') + gzipped('_site/theme.js')).toBeLessThan(15_000);
});

plain(
  'every page has a strict policy, which names its one inline script; none loads from another host',
  () => {
    for (const page of pagesOf(folder)) {
      const html = read(page.endsWith('.html') ? page : `${page}index.html`).toString();
      const policy = /<meta http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(html)?.[1] ?? '';
      const [, scripts] = /script-src ([^;]*)/.exec(policy.replaceAll('&#39;', "'")) ?? [];
      // Data for search engines are no script: nothing runs them.
      const inline = [
        ...html.matchAll(
          /<script(?![^>]*\s(?:src=|type="application\/ld\+json"))[^>]*>([\s\S]*?)<\/script>/g,
        ),
      ];
      const hashes = inline.map(
        ([, text]) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`,
      );
      expect(hashes, page).toHaveLength(1);
      expect(scripts, page).toBe(`'self' blob: 'wasm-unsafe-eval' ${hashes[0]}`);
      for (const rule of ["default-src 'self'", "object-src 'none'", "style-src 'self'", 'base-uri '])
        expect(policy.replaceAll('&#39;', "'"), page).toContain(rule);
      expect(policy.replaceAll('&#39;', "'"), page).toMatch(/connect-src 'self' blob: data:(;|$)/);
      expect(html.indexOf('Content-Security-Policy'), page).toBeLessThan(html.indexOf('<script'));
      expect(html, page).not.toMatch(/\son\w+="/);
      expect(html, page).not.toMatch(
        /(?:src|<link[^>]*rel="(?!canonical|alternate)[^>]*href)="(?:https?:)?\/\//,
      );
      expect(html, page).not.toMatch(/\s(?:href|src)="\//);
    }
  },
);

/** In the page: from now on everything is laid out, however far below the window; waits for its type. */
async function layOutAll(): Promise<void> {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync('* { content-visibility: visible !important; }');
  document.adoptedStyleSheets.push(sheet);
  await new Promise(requestAnimationFrame);
  await document.fonts.ready;
}

for (const paper of papers) {
  test.describe(paper, { tag: '@paper' }, () => {
    plain('weighs at most 80 kB', () => {
      expect(gzipped(`${paper}index.html`)).toBeLessThan(80_000);
    });

    plain('every formula is set, none is left as source', () => {
      const document = documentOf(paper);
      const annotations = [...document.querySelectorAll('annotation')].map((a) => a.textContent ?? '');
      const formulas = document.querySelectorAll('.katex').length;
      expect(formulas).toBeGreaterThan(0);
      expect(annotations).toHaveLength(formulas);
      expect(annotations.filter((tex) => tex === '' || tex.includes('\\sym'))).toEqual([]);
      expect(document.querySelectorAll('.katex-error, .math-inline, .math-display')).toHaveLength(0);
      expect(document.querySelector('.prose')?.textContent).not.toContain('$$');
    });

    plain('shows two to four things to try, and more on request', () => {
      const document = documentOf(paper);
      const items = [...(document.querySelector('#try')?.nextElementSibling?.children ?? [])];
      expect(items.length).toBeGreaterThanOrEqual(2);
      expect(items.length).toBeLessThanOrEqual(4);
      for (const item of [...items, ...document.querySelectorAll('.more-tries li')])
        expect(item.querySelector('a.try')).not.toBeNull();
    });

    test('shows its finding and verdict on the first screen, without script too', async ({
      browser,
      site,
    }) => {
      const context = await browser.newContext({
        javaScriptEnabled: false,
        viewport: { width: 1280, height: 900 },
      });
      const page = await context.newPage();
      await page.goto(site.url(paper));
      await expect(page.locator('.finding .slot').first()).toBeInViewport();
      await expect(page.locator('[data-verdict]')).toHaveText(/^\d+ of \d+ checks hold$/);
      await expect(page.locator('.run')).toBeHidden();
      await expect(page.locator('.check').first()).toBeVisible();
      const code = page.locator('.cell pre');
      for (const pre of await code.all())
        expect(await pre.evaluate((e) => e.scrollHeight - e.clientHeight)).toBeLessThan(24);
      await context.close();
    });

    test('does not move while its type arrives, which weighs at most 150 kB; stays within a phone', async ({
      page,
      site,
    }) => {
      await page.addInitScript(() => {
        (window as any).moved = 0;
        new PerformanceObserver((list) => {
          for (const entry of list.getEntries()) (window as any).moved += (entry as any).value;
        }).observe({ type: 'layout-shift', buffered: true });
      });
      await page.goto(site.url(paper));
      await page.evaluate(() => document.fonts.ready);
      await expect.poll(() => page.evaluate(() => performance.now())).toBeGreaterThan(500);
      // All that the page can ask for: parts below the window ask when they are reached.
      await page.evaluate(layOutAll);
      const found = await page.evaluate(() => {
        const loaded = performance.getEntriesByType('resource') as PerformanceResourceTiming[];
        const type = loaded.filter(({ name }) => name.endsWith('.woff2'));
        return {
          moved: (window as any).moved as number,
          bytes: type.reduce((sum, { encodedBodySize }) => sum + encodedBodySize, 0),
        };
      });
      console.log(`fonts of ${paper}: ${(found.bytes / 1000).toFixed(0)} kB`);
      expect(found.moved).toBeLessThan(0.01);
      expect(found.bytes).toBeGreaterThan(60_000);
      expect(found.bytes).toBeLessThan(150_000);

      // On a phone: nothing wider than the window, numbers of formulas beside them.
      await page.setViewportSize({ width: 360, height: 740 });
      const wide = await page.evaluate(() =>
        document.documentElement.scrollWidth <= innerWidth
          ? []
          : [...document.querySelectorAll('main *')]
              .filter((e) => e.getBoundingClientRect().right > innerWidth && !e.closest('.eq, pre, .scroll'))
              .map((e) => `${e.tagName.toLowerCase()}.${e.className}: ${e.textContent?.slice(0, 60)}`)
              .slice(-3),
      );
      expect(wide, 'elements that reach beyond a window of 360 px').toEqual([]);
      const overlaps = await page.evaluate(
        () =>
          [...document.querySelectorAll('.equation')].filter((equation) => {
            const number = equation.querySelector('.number')?.getBoundingClientRect();
            return number && number.left < equation.querySelector('.eq')!.getBoundingClientRect().right;
          }).length,
      );
      expect(overlaps).toBe(0);
      await page.setViewportSize({ width: 390, height: 740 });
      const cut = await page.evaluate(() =>
        [...document.querySelectorAll('.eq')].flatMap((eq) =>
          eq.scrollWidth > eq.clientWidth + 1 ? [eq.parentElement!.id] : [],
        ),
      );
      expect(cut, 'formulas that a phone of 390 px does not show whole').toEqual([]);
    });

    test('an address of a line opens folded code; a symbol lights its letters, code, control and row', async ({
      page,
      site,
    }) => {
      const document = documentOf(paper);
      const folded = [...document.querySelectorAll('.code.long .line')];
      const id = (folded.at(-1) ?? [...document.querySelectorAll('.code .line')].at(-1))!.id;
      await page.goto(`${site.url(paper)}#${id}`);
      await expect(page.locator(`[id="${id}"]`)).toBeInViewport();

      const button = page.locator('[data-sym-button]').first();
      const key = (await button.getAttribute('data-sym-button'))!;
      const all = page.locator(`[data-sym="${key}"]`);
      const lit = page.locator(`[data-sym="${key}"].lit`);
      const count = await all.count();
      expect(count).toBeGreaterThan(1);
      // Over the middle of a letter with an accent or an index another part of the formula may lie: one that is free.
      const free = await all.evaluateAll((letters) =>
        letters.findIndex((letter) => {
          letter.scrollIntoView({ block: 'center' });
          const { left, top, width, height } = letter.getBoundingClientRect();
          return letter.contains(document.elementFromPoint(left + width / 2, top + height / 2));
        }),
      );
      await all.nth(free).hover();
      await expect(lit).toHaveCount(count);
      await page.mouse.move(2, 2);
      await expect(lit).toHaveCount(0);
      await button.focus();
      await expect(lit).toHaveCount(count);
      await page.keyboard.press('Enter');
      await page.locator('[data-search-open]').focus();
      await expect(lit).toHaveCount(count);
      await expect(button).toHaveAttribute('aria-pressed', 'true');
      await page.keyboard.press('Escape');
      await expect(lit).toHaveCount(0);
    });

    plain('every section, formula, figure, cell and check has an address', () => {
      const document = documentOf(paper);
      const parts = '.prose h2, .equation:has(.number), .figure, .cell, .check, pre.shiki .line';
      const nameless = [...document.querySelectorAll(parts)].filter(
        (e) => !e.id && !e.closest('section[id]'),
      );
      expect(nameless.map((e) => e.outerHTML.slice(0, 80))).toEqual([]);
      const ids = [...document.querySelectorAll('[id]')].map((e) => e.id);
      expect(ids.filter((id, i) => ids.indexOf(id) !== i)).toEqual([]);
      const here = [...document.querySelectorAll('a[href^="#"]')].map((a) =>
        a.getAttribute('href')!.slice(1),
      );
      expect(here.filter((id) => !ids.includes(decodeURIComponent(id)))).toEqual([]);
    });
  });
}

test('a phone lays out the first screen, then bit by bit what follows it; an address that was opened stays in its place', async ({
  page,
  site,
}) => {
  await page.setViewportSize({ width: 390, height: 844 });
  const later = () =>
    page.evaluate(() =>
      [...document.querySelectorAll('.prose > p, .prose > .equation')].map((piece) => ({
        waits: getComputedStyle(piece).contentVisibility === 'auto',
        above: piece.getBoundingClientRect().bottom <= 0,
      })),
    );
  await page.addInitScript(() => {
    Object.assign(window, { requestIdleCallback: () => 0 });
  });
  await page.goto(site.url('papers/hopfield/'));
  expect(
    (await later()).every(({ waits }) => waits),
    'before there is time',
  ).toBe(true);

  await page.addInitScript(() => {
    Object.assign(window, { requestIdleCallback: (work: () => void) => setTimeout(work, 1) });
  });
  // As a new page: a reload would go where the page was before.
  await page.goto('about:blank');
  await page.goto(site.url('papers/hopfield/#checks'));
  await expect.poll(async () => (await later()).filter(({ waits, above }) => waits && !above)).toEqual([]);
  const top = await page.locator('#checks').evaluate((element) => element.getBoundingClientRect().top);
  expect(top).toBeGreaterThanOrEqual(0);
  expect(top).toBeLessThan(200);

  // The heights of cells far below are soon the true ones: whoever jumps into the notebook finds it standing still.
  const heights = (of: Page) =>
    of.locator('.cell').evaluateAll((cells) => cells.map((cell) => Math.round(cell.clientHeight)));
  const whole = await page.context().newPage();
  await whole.setViewportSize({ width: 390, height: 844 });
  await whole.goto(site.url('papers/hopfield/'));
  await whole.evaluate(layOutAll);
  await page.goto(site.url('papers/hopfield/'));
  await expect.poll(async () => String(await heights(page)) === String(await heights(whole))).toBe(true);
});

test('the colours go round and are kept', async ({ page, site }) => {
  await page.emulateMedia({ colorScheme: 'light' });
  await page.goto(site.base);
  const paper = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const light = await paper();
  const button = page.locator('[data-theme-button]');
  await button.click();
  expect(await paper()).toBe(light);
  await button.click();
  const dark = await paper();
  expect(dark).not.toBe(light);
  await page.reload();
  expect(await paper()).toBe(dark);
  await button.click();
  expect(await paper()).toBe(light);
});

test('the library is filtered and sorted in place, and the address keeps it', async ({ page, site }) => {
  await page.goto(site.base);
  const items = page.locator('[data-gallery] > li');
  const all = await items.count();
  const technique = page.locator('[name=technique]');
  const word = await technique.locator('option').nth(1).textContent();
  await technique.selectOption(word!);
  const shown = await page.locator('[data-gallery] > li:visible').count();
  expect(shown).toBeGreaterThan(0);
  await page.reload();
  await expect(page.locator('[data-gallery] > li:visible')).toHaveCount(shown);
  await expect(technique).toHaveValue(word!);
  await technique.selectOption('');
  const year = await items.last().getAttribute('data-year');
  await page.locator('[data-gallery-filters] [name=year]').selectOption(year!);
  for (const item of await page.locator('[data-gallery] > li:visible').all())
    await expect(item).toHaveAttribute('data-year', year!);
  await expect(page).toHaveURL(new RegExp(`year=${year}`));
  await page.locator('[data-gallery-filters] [name=year]').selectOption('');
  await page.locator('[name=order]').selectOption('oldest');
  const years = await items.evaluateAll((list) => list.map((li) => Number((li as HTMLElement).dataset.year)));
  expect(years).toEqual([...years].sort((a, b) => a - b));
  await expect(page.locator('[data-gallery] > li:visible')).toHaveCount(all);
});

test('a heading is heard by its words alone', async ({ page, site }) => {
  await page.goto(site.url('papers/hopfield/'));
  await expect(page.getByRole('heading', { name: 'The idea', exact: true })).toHaveCount(1);
  await expect(page.getByRole('heading', { name: 'The notebook', exact: true })).toHaveCount(1);
  await expect(page.getByRole('heading', { name: /Link to/ })).toHaveCount(0);
});
