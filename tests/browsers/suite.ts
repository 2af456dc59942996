import assert from 'node:assert/strict';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { startServer } from '../server.ts';
import { distFolder, pagesOf } from '../site/dist.ts';
import type { Maker } from './find.ts';
import * as page from './in-page.ts';
import type { Browser } from './tab.ts';

/** Where a test looks: a browser, and the site under a path nobody chose. */
export interface Place {
  browser: Browser;
  maker: Maker;
  base: string;
}
export interface Test {
  name: string;
  /** Returns a word on what was measured, if there is one. */
  run(place: Place): Promise<string | void>;
}

const folder = distFolder();
const pages = pagesOf(folder);
const papers = pages.filter((path) => /^papers\/[^/]+\/$/.test(path));
const runButton = '.notebook [data-run]';

/** Five notebooks that differ in what they ask of a browser; those of them that the site has. */
const five = ['hopfield', 'noprop', 'fit', 'maxim', 'mpnn-graph-transformer'];
const toRun = [...new Set([...papers.filter((path) => five.includes(path.split('/')[1])), ...papers])].slice(
  0,
  5,
);

const mustBeClean = ({ browser }: Place, where: string) =>
  assert.deepEqual(browser.faults(), [], `errors on ${where}`);

async function everyPage(place: Place): Promise<string> {
  const { browser, base } = place;
  for (const path of pages) {
    await browser.open(base + path);
    assert.deepEqual(await browser.call(page.faultsOfPage), [], path || 'front page');
    mustBeClean(place, path || 'front page');
  }
  return `${pages.length} pages`;
}

const asNumber = (text: string) => Number(text.replace('\u2212', '-').replace('∞', 'Infinity'));

/** Every check that was recorded holds, and measures what was recorded to 2 %; a difference that is printed may be the last digit's. */
function mustBeAsRecorded(ran: page.Ran, recorded: page.Ran['checks'], where: string): void {
  assert.equal(ran.outcome, 'done', `${where}: ${ran.words} ${ran.errors.join(' ')}`);
  assert.equal(ran.backend, 'wasm', where);
  assert.deepEqual(Object.keys(ran.checks), Object.keys(recorded), where);
  for (const [id, { measured, holds }] of Object.entries(ran.checks)) {
    assert.ok(holds, `${where}, ${id}: measured ${measured}, and does not hold`);
    const [now, then] = [asNumber(measured), asNumber(recorded[id].measured)];
    const near = Math.abs(now - then) <= 0.02 * Math.max(Math.abs(then), 1e-3);
    assert.ok(near, `${where}, ${id}: measured ${measured}, recorded ${recorded[id].measured}`);
  }
}

async function runAsRecorded({ browser }: Place, url: string): Promise<void> {
  await browser.open(url);
  const recorded = await browser.call(page.recordedChecks);
  assert.ok(Object.keys(recorded).length > 0);
  mustBeAsRecorded(await browser.call(page.pressAndRead, runButton), recorded, url);
}

async function fiveNotebooks(place: Place): Promise<string> {
  for (const path of toRun) {
    await runAsRecorded(place, place.base + path);
    mustBeClean(place, path);
  }
  return toRun.map((path) => path.split('/')[1]).join(', ');
}

async function controls(place: Place): Promise<void> {
  const { browser, base } = place;
  await browser.open(`${base}papers/hopfield/`);
  await browser.call(page.pressAndRead, runButton);
  await browser.call(page.move, 'beta', '0');
  await browser.call(page.waitFor, '.checks .check.fails');
  assert.match(await browser.call(() => location.search), /beta=0\.05/);
  const broken = await browser.call(page.pressAndRead, '.checks .check [data-breaks]');
  assert.ok(Object.values(broken.checks).some(({ holds }) => !holds));
  const mended = await browser.call(page.pressAndRead, '.broken-note [data-mend]');
  assert.equal(mended.outcome, 'done');
  mustBeClean(place, 'hopfield, its controls moved');
}

/** A reader edits a cell, runs the edit, and sends it: another reader sees whose it is, runs it, and compares. */
async function editAndShare(place: Place): Promise<string> {
  const { browser, base } = place;
  const url = `${base}papers/hopfield/`;
  await browser.open(url);
  await browser.call(page.openCell, 'mechanism');
  await browser.type('// mine\n');
  const [note] = await browser.call(page.waitFor, '[data-cell="mechanism"] .edit-note');
  assert.match(note, /^Edited: 1 line new\. Kept on this device only/);
  const ran = await browser.call(page.pressAndRead, '[data-cell="mechanism"] [data-does="run"]');
  assert.equal(ran.outcome, 'done', ran.words);
  assert.match(ran.words, /with mechanism\.ts edited/);
  await browser.call(() => document.querySelector<HTMLElement>('[data-share]')!.click());
  await browser.call(page.waitFor, '.share-box input');
  const link = await browser.call(() => document.querySelector<HTMLInputElement>('.share-box input')!.value);
  assert.match(link, /#shared=1&/);

  await browser.call(() => localStorage.clear());
  await browser.open('about:blank');
  await browser.open(link);
  const [panel] = await browser.call(page.waitFor, '.from-link');
  assert.match(panel, /brings code that is not the site’s: mechanism\.ts/);
  const received = await browser.call(page.pressAndRead, '.from-link [data-does="accept"]');
  assert.equal(received.outcome, 'done', received.words);
  const differences = await browser.call(page.waitFor, '.from-link tbody td:last-child');
  assert.ok(differences.length > 0 && differences.every((words) => words === 'the same'), differences.join());
  await browser.call(() => localStorage.clear());
  await browser.open('about:blank');
  await browser.open(`${link.slice(0, -30)}`);
  const [cut] = await browser.call(page.waitFor, '.from-link [role=alert]');
  assert.match(cut, /cut off/);
  mustBeClean(place, 'hopfield, edited and shared');
  return `${differences.length} values came back the same`;
}

/** The menu of a figure, and the files that a page hands over. */
async function figuresAndFiles(place: Place): Promise<string> {
  const { browser, base } = place;
  await browser.open(`${base}papers/hopfield/`);
  await browser.call(() => document.querySelector<HTMLElement>('#figure-recall .take-figure')!.click());
  await browser.call(page.waitFor, '.take-menu:popover-open');
  const save = (kind: string) =>
    browser.call(page.handedOver, `.take-menu [data-do=save][data-kind=${kind}]`);
  const [svg, png, csv] = [await save('svg'), await save('png'), await save('csv')];
  assert.match(svg.begins, /^<svg /);
  assert.equal(png.begins.slice(1, 4), 'PNG');
  assert.ok(png.size > 5000, `a picture of ${png.size} bytes`);
  assert.match(csv.begins, /^mark,value/);
  await browser.call(() => document.querySelector<HTMLElement>('.take-menu [data-do=table]')!.click());
  await browser.call(page.waitFor, '#figure-recall .figure-table tbody tr', 7);
  const files = [];
  for (const kind of ['program', 'notebook', 'single'])
    files.push(await browser.call(page.handedOver, `[data-take="${kind}"]`));
  assert.deepEqual(
    files.map(({ name }) => name),
    ['hopfield.ts', 'hopfield.ipynb', 'hopfield.html'],
  );
  for (const { name, size } of files) assert.ok(size > 5e5 && size < 2.5e6, `${name} has ${size} bytes`);
  mustBeClean(place, 'hopfield, its figures and files taken');
  return files.map(({ name, size }) => `${name} ${(size / 1e6).toFixed(1)} MB`).join(', ');
}

async function search(place: Place): Promise<void> {
  const { browser, base } = place;
  await browser.open(base);
  await browser.type('/');
  await browser.call(page.waitFor, 'dialog.search input');
  await browser.type('hopfield');
  const found = await browser.call(page.waitFor, 'dialog.search ol a');
  assert.match(found.join(' '), /Hopfield/);
  await browser.call(() => document.querySelector<HTMLElement>('dialog.search ol a')!.click());
  await browser.call(page.waitFor, '.notebook, .prose');
  mustBeClean(place, 'the search');
}

async function lightAndDark(place: Place): Promise<void> {
  const { browser, base } = place;
  await browser.open(`${base}papers/hopfield/`);
  const seen = new Set<string>();
  for (let i = 0; i < 3; i++) {
    seen.add((await browser.call(page.colours)).join(' on '));
    await browser.call(() => document.querySelector<HTMLElement>('[data-theme-button]')!.click());
  }
  assert.equal(seen.size, 2, [...seen].join('; '));
  await browser.call(() => {
    localStorage.setItem('theme', 'dark');
  });
  await browser.open(`${base}papers/hopfield/`);
  const [dark] = await browser.call(page.colours);
  await browser.call(() => localStorage.removeItem('theme'));
  await browser.open(`${base}papers/hopfield/`);
  assert.notEqual((await browser.call(page.colours))[0], dark);
  mustBeClean(place, 'hopfield, in both colours');
}

/** A host of its own, which is then cut off. */
async function offline({ browser }: Place): Promise<string | void> {
  const host = await startServer(folder);
  try {
    await browser.open(`${host.base}papers/hopfield/`);
    const kept = await browser.call(async () => {
      if (!navigator.serviceWorker) return 'this browser has no service worker here';
      for (let i = 0; i < 600; i++) {
        for (const name of await caches.keys())
          for (const { url } of await (await caches.open(name)).keys())
            if (url.endsWith('_site/webgpu.js')) return '';
        await new Promise((done) => setTimeout(done, 100));
      }
      throw new Error('the page was not kept within a minute');
    });
    if (kept) return `not tested: ${kept}`;
  } finally {
    await host.close();
  }
  await browser.open(`${host.base}papers/hopfield/`);
  const ran = await browser.call(page.pressAndRead, runButton);
  assert.equal(ran.outcome, 'done', ran.words);
  browser.faults();
}

/** A copy on a stick: a folder whose name has a space and a letter beyond ASCII, no server. */
async function fromDisk({ browser, maker }: Place): Promise<string> {
  const stick = mkdtempSync(join(tmpdir(), 'a stick ü '));
  const root = join(stick, 'site');
  const at = (path: string) =>
    pathToFileURL(join(root, path, path.endsWith('.html') ? '' : 'index.html')).href;
  try {
    cpSync(folder, root, { recursive: true });
    // The page for missing addresses is for hosts.
    for (const path of pages.filter((path) => path !== '404.html')) {
      await browser.open(at(path).replace(/\/$/, ''));
      assert.deepEqual(await browser.call(page.faultsOfPage), [], `${path}, from the disk`);
      assert.deepEqual(browser.faults(), [], `errors on ${path}, from the disk`);
    }
    const place = { browser, maker, base: '' };
    if (maker.runsFromDisk) for (const path of toRun.slice(0, 3)) await runAsRecorded(place, at(path));
    else await saysWhatToDo(place, at(toRun[0]));
    return maker.runsFromDisk ? `${pages.length} pages, 3 notebooks` : `${pages.length} pages read`;
  } finally {
    rmSync(stick, { recursive: true, force: true });
  }
}

/** Where a notebook cannot run from the disk, the page must say so in words, and not wait for ever. */
async function saysWhatToDo({ browser }: Place, url: string): Promise<void> {
  await browser.open(url);
  const ran = await browser.call(page.pressAndRead, runButton);
  assert.equal(ran.outcome, 'broken');
  assert.match(ran.words, /From the disk this browser does not start a notebook .* serve its folder/);
  browser.faults();
}

export const suite: Test[] = [
  { name: 'every page reads without an error', run: everyPage },
  { name: 'five notebooks run on WASM and measure what was recorded', run: fiveNotebooks },
  { name: 'controls, Break it and Mend it', run: controls },
  { name: 'edit and share', run: editAndShare },
  { name: 'figures and files', run: figuresAndFiles },
  { name: 'search', run: search },
  { name: 'light and dark', run: lightAndDark },
  { name: 'offline', run: offline },
  { name: 'from the disk', run: fromDisk },
];
