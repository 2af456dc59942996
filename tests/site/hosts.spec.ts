import { test as plain } from 'playwright/test';
import { serve } from '../../src/tools/serve.ts';
import { distFolder, pagesOf } from './dist.ts';
import { expect } from './fixture.ts';
import { hosts, rootWith, startHost } from './hosts.ts';
import { notebookOf } from './notebook.ts';

const folder = distFolder();
const pages = pagesOf(folder);
const prefixes = ['/', '/a/b/c/', '/w p-ü ñ/日本/'];

/** Addresses that a page or stylesheet names, as written. */
const namedIn = (text: string) => [
  ...[...text.matchAll(/\s(?:href|src|data-base)="(\.{0,2}\/?[^":#?][^"]*)"/g)].map(([, url]) => url),
  ...[...text.matchAll(/url\(["']?([^"')]+)["']?\)/g)].map(([, url]) => url),
];
const isOurs = (url: string) => !/^[a-z][a-z0-9+.-]*:/i.test(url) && /[./]/.test(url) && !/[\s,;]/.test(url);

/** Walks every page under `base` and every address it names; what does not answer 200, or leaves the site. */
async function walk(base: string): Promise<{ dead: string[]; asked: number }> {
  const known = new Map<string, Promise<boolean>>();
  const dead: string[] = [];
  const answers = (url: string) => {
    if (!known.has(url))
      known.set(
        url,
        fetch(url, { method: 'HEAD' }).then(({ ok }) => ok),
      );
    return known.get(url)!;
  };
  const look = async (at: string) => {
    const response = await fetch(at);
    if (!response.ok) return void dead.push(`${response.status} ${at}`);
    for (const name of namedIn(await response.text())) {
      if (!isOurs(name)) continue;
      const url = new URL(
        name.replaceAll('&amp;', '&'),
        response.url.endsWith('/') || response.url.includes('.') ? response.url : `${response.url}/`,
      );
      url.hash = '';
      if (!url.href.startsWith(base)) dead.push(`${at} leaves the site: ${name}`);
      else if (!(await answers(url.href))) dead.push(`${at} names ${name}`);
    }
  };
  for (const page of pages) await look(base + page);
  for (const url of [...known.keys()].filter((url) => url.includes('.css'))) await look(url);
  return { dead, asked: known.size };
}

for (const prefix of prefixes) {
  plain(`every address of every page answers under ${prefix}`, async () => {
    const { server, port } = await serve(folder, { prefix });
    try {
      const { dead, asked } = await walk(`http://localhost:${port}${encodeURI(prefix)}`);
      console.log(`under ${prefix}: ${pages.length} pages name ${asked} addresses`);
      expect(asked).toBeGreaterThan(pages.length);
      expect(dead).toEqual([]);
    } finally {
      server.close();
      server.closeAllConnections();
    }
  });
}

/** The hosts that are tried; `npm run test:all` tries each under every prefix. */
const tried = Object.keys(hosts).flatMap((host) =>
  (process.env.ALL ? prefixes : ['/a/b/c/']).map((prefix) => ({ host, prefix })),
);

for (const { host: name, prefix } of tried) {
  plain(
    `${name}, under ${prefix}: pages with and without slash and index.html, run, search, a missing page`,
    async ({ page }) => {
      const host = await startHost(name, rootWith(folder, prefix));
      if (!host) return console.log(`NOT TESTED: ${name} is not installed`);
      const base = host.origin + encodeURI(prefix);
      const errors: string[] = [];
      page.on('pageerror', (error) => errors.push(error.message));
      try {
        for (const at of ['papers/hopfield/', 'papers/hopfield', 'papers/hopfield/index.html', 'guide', '']) {
          await page.goto(base + at);
          await expect(page.locator('h1').first()).toBeVisible();
          await expect(page.locator('body')).toHaveCSS('font-family', /serif|Serif|Source/);
          const dead = await page.evaluate(async () => {
            const links = [...document.querySelectorAll<HTMLAnchorElement>('main a[href], header a[href]')];
            const own = new Set(
              links.map(({ href }) => href.split('#')[0]).filter((h) => h.startsWith(location.origin)),
            );
            const found: string[] = [];
            for (const href of [...own].slice(0, 12)) if (!(await fetch(href)).ok) found.push(href);
            return found;
          });
          expect(dead, at).toEqual([]);
        }
        await page.goto(`${base}papers/hopfield`);
        await notebookOf(page).run();
        await notebookOf(page).ended('done');
        await expect(page.locator('.checks .check.fails')).toHaveCount(0);
        await page.keyboard.press('/');
        await page.keyboard.type('softmax');
        await page.locator('dialog.search ol a').first().click();
        await expect(page.locator('h1').first()).toBeVisible();
        await expect(page.locator('.notebook, .prose').first()).toBeVisible();
        // Only hosts that show the site's own page for what is missing are asked for it, where they look for it.
        if (prefix === '/' && name !== 'python3 -m http.server') {
          await page.goto(`${base}papers/nothing/at/all`);
          await expect(page.locator('h1')).toHaveText('There is no page here');
          await page.locator('main a').first().click();
          await expect(page.locator('[data-gallery]')).toBeVisible();
        }
        expect(errors).toEqual([]);
      } finally {
        host.close();
      }
    },
  );
}

plain('a missing page of a project on a shared host finds its site from any depth', async ({ page }) => {
  const { server, port } = await serve(folder, { prefix: '/user/project/' });
  try {
    for (const at of ['nothing', 'papers/nothing/at/all/', 'guide/x', 'papers/hopfield/x.html']) {
      await page.goto(`http://localhost:${port}/user/project/${at}`);
      await expect(page.locator('h1')).toHaveText('There is no page here');
      await expect(page.locator('body')).toHaveCSS('font-family', /Source/);
      await page.locator('main a').first().click();
      await expect(page.locator('[data-gallery]')).toBeVisible();
    }
  } finally {
    server.close();
    server.closeAllConnections();
  }
});
