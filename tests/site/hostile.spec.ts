import type { Page } from 'playwright/test';
import { expect, test } from './fixture.ts';
import { notebookOf, withCells } from './notebook.ts';

/** What a hostile cell can do: code may come from a link. Each test is the cell's own attempt, from inside the worker. */

const lab =
  "import * as tf from '@tensorflow/tfjs';\nimport { check, Plot, show, slider, steps, weights } from 'lab';\n";
const hopfield = 'papers/hopfield/';
const other = 'http://127.0.0.1:9/';

/** Every way out that browsers have, each tried; the cell shows those that did anything but fail. */
const waysOut = `
const tries = {
  fetch: () => fetch('${other}'),
  'fetch of the site': () => fetch(location.href),
  XMLHttpRequest: () => { const r = new XMLHttpRequest(); r.open('GET', '${other}'); r.send(); },
  WebSocket: () => new WebSocket('ws://127.0.0.1:9/'),
  EventSource: () => new EventSource('${other}'),
  WebTransport: () => new WebTransport('https://127.0.0.1:9/'),
  sendBeacon: () => navigator.sendBeacon('${other}', 'x'),
  importScripts: () => importScripts('${other}x.js'),
  'import of another host': () => import('${other}x.js'),
  'import of a data address': () => import('data:text/javascript,1'),
  FontFace: () => new FontFace('x', 'url(${other}x.woff2)').load(),
  'nested worker': () => new Worker(URL.createObjectURL(new Blob(['postMessage(1)']))),
  'shared worker': () => new SharedWorker(URL.createObjectURL(new Blob(['1']))),
  eval: () => (0, eval)('1'),
  Function: () => new Function('return 1')(),
  'a timer made of text': () => { globalThis.evil = undefined; setTimeout('globalThis.evil = 1'); return new Promise((done, fail) => setTimeout(() => globalThis.evil ? done() : fail(), 50)); },
  caches: () => caches.open('x'),
  indexedDB: () => indexedDB.open('x'),
  'storage buckets': () => navigator.storageBuckets.open('x'),
  storage: () => navigator.storage.getDirectory(),
  'file system': () => webkitRequestFileSystemSync(0, 1024),
  'file system, asked': () => new Promise((done, fail) => webkitRequestFileSystem(0, 1024, done, fail)),
  locks: () => navigator.locks.request('x', () => 1),
  permissions: () => navigator.permissions.query({ name: 'geolocation' }),
  serviceWorker: () => navigator.serviceWorker.getRegistration().then((r) => r.unregister()),
  BroadcastChannel: () => new BroadcastChannel('x').postMessage(1),
  postMessage: () => postMessage({ type: 'want', name: 'wasm.js' }),
  'postMessage of the class': () => DedicatedWorkerGlobalScope.prototype.postMessage.call(self, 1),
  close: () => close(),
  Notification: () => Notification.permission.length,
  cookies: () => cookieStore.getAll(),
  'database of the class': () => new IDBFactory(),
  'a file of the host': () => weights('../../secret'),
  'a file of another host': () => weights('/' + '/127.0.0.1:9/x'),
  'fetch of tfjs': () => tf.env().platform.fetch('${other}'),
  'a model from the net': () => tf.io.browserHTTPRequest('${other}').load(),
  'a model from the store': () => tf.io.listModels().then((found) => { if (Object.keys(found).length === 0) throw 0; }),
};
const left = [];
for (const [name, attempt] of Object.entries(tries)) {
  try { await attempt(); left.push(name); } catch {}
}
show('words', left.length ? left.join(', ') : 'no way out of ' + Object.keys(tries).length);`;

test('a hostile cell tries every way out: none is left, and nothing is asked of any host', async ({
  page,
  site,
}) => {
  const asked: string[] = [];
  // The browser itself says what its policy refused.
  site.allow(/CSP violation|Content Security Policy|Failed to load resource/);
  await withCells(page, 'hopfield', { experiment: lab + waysOut });
  await page.goto(site.url(hopfield));
  await notebookOf(page).section.scrollIntoViewIfNeeded();
  page.on('request', (request) => asked.push(request.url()));
  await notebookOf(page).run();
  await notebookOf(page).ended('done');
  await expect(notebookOf(page).cell('experiment').locator('.slot.live')).toHaveText(/^no way out of 3\d$/);
  const own = /\/(_site\/[\w.-]+(\/[\w.-]+)?|data\/[\w.-]+|_astro\/[\w.-]+\.woff2)(\?v=\w+)?$|^blob:/;
  expect(asked.filter((url) => !own.test(url))).toEqual([]);
  expect(asked.length).toBeGreaterThan(0);
});

test('what every cell shares is put back, and the cell that changed it is named', async ({ page, site }) => {
  await withCells(page, 'hopfield', {
    mechanism: `${lab}Array.prototype.map = function () { return ['taken']; };
Object.prototype.holds = true;
Number.isFinite = () => true;
globalThis.Map = class {};
export const f = 1;`,
    experiment: `${lab}const found = [[1].map((x) => x + 1)[0], ({}).holds, Number.isFinite(NaN), new Map([[1, 2]]).get(1)];
show('words', JSON.stringify(found));`,
    digits: `${lab}import * as other from './mechanism';
try { Plot.plot = () => 0; } catch (e) { show('a', e.message); }
try { other.f = 2; } catch (e) { show('b', e.message); }`,
  });
  await page.goto(site.url(hopfield));
  const notebook = notebookOf(page);
  await notebook.run();
  await notebook.ended('error');
  await expect(notebook.error('mechanism')).toContainText(
    'which all cells and the kernel share; it was put back',
  );
  await expect(notebook.cell('experiment').locator('.slot.live')).toHaveText('[2,null,false,2]');
  await expect(notebook.error('digits')).toContainText('this cell imports mechanism.ts');
});

test('outputs with HTML, scripts and addresses in every place change nothing of the page', async ({
  page,
  site,
}) => {
  const html = '<img src=x onerror="document.title=1"><script>document.title=2</script>';
  const text = `${lab}const html = ${JSON.stringify(html)};
const js = 'java' + 'script:document.title=3';
const rows = [1, 2, 3].map((x) => ({ x, y: x, [html]: html, label: html, url: js }));
show(html, html + ' [a](' + js + ') [b](\\u0001' + js + ') [c](https://127.0.0.1:9/) [d](\\u0001https://127.0.0.1:9/) [e](//127.0.0.1:9/)');
show('table', rows);
const evil = 'url(https://127.0.0.1:9/x.svg#a)';
show('plot', Plot.plot({ title: html, style: 'position:fixed;inset:0', className: 'site', caption: html, ariaLabel: html,
  x: { label: html }, color: { legend: true, label: html },
  marks: [
    Plot.dot(rows, { x: 'x', y: 'y', href: 'url', target: '_top', title: 'label', fill: evil, stroke: '\\\\75rl(https://127.0.0.1:9/y.svg#a)', className: 'site', ariaLabel: 'label', tip: true, imageFilter: evil, clip: true, symbol: html, mask: evil, style: 'position:fixed', onclick: js, 'xlink:href': js }),
    Plot.text(rows, { x: 'x', y: 'y', text: 'label', href: 'url', fontFamily: evil, fontVariant: evil }),
  ] }));
show('forged', { kind: 'text', markdown: html });
show('odd', { kind: 'nothing', title: html });
show('pictures', { kind: 'images', title: html, columns: [html], palette: 'rgb', range: [0, 1], rows: [{ label: html, ink: '"><script>', count: 1, height: 1, width: 1, channels: 3, pixels: 'AAAA' }] });
slider('s"]<b>', { label: html, min: 0, max: 1, value: 0 });
check(html, 1, { above: 0, because: html + ' [x](' + js + ')', breaks: { ['__proto__x']: html } });`;
  await withCells(page, 'hopfield', { experiment: text });
  await page.goto(site.url(hopfield));
  const before = await page.evaluate(() => [
    document.title,
    document.querySelectorAll('script').length,
    document.querySelectorAll('header a').length,
  ]);
  const notebook = notebookOf(page);
  await notebook.run();
  await notebook.ended('done');
  await expect(notebook.cell('experiment').locator('.slot.live')).toHaveCount(6);
  const found = await page.evaluate(() => {
    const made = [...document.querySelectorAll('.slot.live *, .checks > li *, .controls *')];
    return {
      scripts: made.filter((e) => e.localName === 'script' || e.localName === 'img').length,
      handlers: made.flatMap((e) => e.getAttributeNames().filter((n) => n.startsWith('on'))),
      away: made
        .flatMap((e) => ['href', 'xlink:href', 'src'].flatMap((n) => e.getAttribute(n) ?? []))
        .filter((a) => !/^(data:image\/png|#)/.test(a)),
      over: made.filter((e) => getComputedStyle(e).position === 'fixed').length,
      classes: made.filter((e) => e.classList.contains('site')).length,
    };
  });
  expect(found).toEqual({ scripts: 0, handlers: [], away: [], over: 0, classes: 0 });
  expect(await page.evaluate(() => [document.title, document.querySelectorAll('header a').length])).toEqual([
    before[0],
    before[2],
  ]);
  await page.locator('.slot.live figure').first().hover();
});

test('giant and countless outputs are refused in words; the page answers all the while', async ({
  page,
  site,
}) => {
  await withCells(page, 'hopfield', {
    mechanism: `${lab}for (let i = 0; i < 1e6; i++) show('output ' + i, 'x');`,
    experiment: `${lab}show('rows', Array.from({ length: 1e6 }, (_, i) => ({ i })));`,
    digits: `${lab}show('letters', 'x'.repeat(1e8));`,
  });
  await page.goto(site.url(hopfield));
  await longTasks(page);
  const notebook = notebookOf(page);
  await notebook.run();
  await notebook.ended('error');
  await expect(notebook.error('mechanism')).toContainText('more than 200 outputs');
  await expect(notebook.error('experiment')).toContainText('more than 200,000 values');
  await expect(notebook.error('digits')).toContainText('100,000,000 letters');
  expect(await page.locator('[data-output]').count()).toBeLessThan(260);
  expect(Math.max(...(await tasks(page)))).toBeLessThan(1500);
});

test('a loop that shows without end does not drown the page: it answers, and Stop ends it', async ({
  page,
  site,
}) => {
  await withCells(page, 'hopfield', {
    experiment: `${lab}const rows = Array.from({ length: 300 }, (_, x) => ({ x, y: x * x }));
for (let i = 0; ; i++) { show('a', Plot.plot({ marks: [Plot.line(rows, { x: 'x', y: 'y' })] })); show('b', String(i)); console.log(i); Promise.reject(i); }`,
  });
  await page.goto(site.url(hopfield));
  const notebook = notebookOf(page);
  await notebook.run();
  await expect(notebook.cell('experiment').locator('.slot.live').first()).toBeVisible({ timeout: 30_000 });
  await longTasks(page);
  await page.waitForTimeout(3000);
  const long = await tasks(page);
  console.log(
    `tasks of the page under a loop that shows without end: ${long.length} over 50 ms, the longest ${Math.max(0, ...long)} ms`,
  );
  expect(Math.max(0, ...long)).toBeLessThan(1000);
  await page.locator('[data-search-open]').click();
  await expect(page.locator('dialog.search')).toBeVisible();
  await page.keyboard.press('Escape');
  await notebook.stop();
  await notebook.ended('broken', 5000);
});

test('messages that a cell makes up are not heard by the kernel; timers it leaves behind harm no later run', async ({
  page,
  site,
}) => {
  await withCells(page, 'hopfield', {
    mechanism: `${lab}self.dispatchEvent(new MessageEvent('message', { data: { type: 'load', notebook: { slug: 'x', cells: [] } } }));
try { self.onmessage = null; } catch {}
setInterval(() => { Array.prototype.filter = () => []; }, 1);
export const f = 1;`,
    experiment: `${lab}import { f } from './mechanism';
await new Promise((done) => setTimeout(done, 50));
show('words', 'f is ' + f);`,
  });
  await page.goto(site.url(hopfield));
  const notebook = notebookOf(page);
  await notebook.run();
  await notebook.ended('error');
  await expect(notebook.cell('experiment').locator('.slot.live')).toHaveText('f is 1');
  await expect(notebook.error('experiment')).toContainText('Array.prototype.filter');
});

/** Notes the tasks of the page's thread that take over 50 ms. */
async function longTasks(page: Page): Promise<void> {
  await page.evaluate(() => {
    const all: number[] = [];
    Object.assign(window, { tasksOver50: all });
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) all.push(Math.round(entry.duration));
    }).observe({ type: 'longtask' });
  });
}
const tasks = (page: Page): Promise<number[]> => page.evaluate(() => (window as any).tasksOver50);
