import { readFileSync } from 'node:fs';
import type { Page } from 'playwright/test';
import { expect, test } from './fixture.ts';
import { notebookOf, tap, withCells } from './notebook.ts';

const hopfield = 'papers/hopfield/';
const lab = "import { check, select, slider, show } from 'lab';\n";

test('a break shows the figure before and after, under its check', async ({ page, site }) => {
  await page.goto(site.url(hopfield));
  const row = page.locator('.checks .check').first();
  await row.locator('button[data-breaks]').click();
  await notebookOf(page).ended('done');
  await expect(row.locator('.compare .was figure')).toHaveCount(1);
  await expect(row.locator('.compare .broken figure')).toHaveCount(1);
  await expect(row.locator('.compare .broken p').first()).toHaveText('Broken: rule = linear');
  const [was, broken] = await row.locator('.compare figure').all();
  expect(await was.innerHTML()).not.toBe(await broken.innerHTML());
  // Both have what every figure has, and say which of the two they are.
  const drawn = row.locator('.compare .figure');
  await expect(drawn.locator('.take-figure')).toHaveCount(2);
  const take = drawn.nth(1).locator('.take-figure');
  await expect(take).toHaveAccessibleName(/^Take this figure: .*, with rule = linear$/);
  await drawn.nth(1).locator('.walker').focus();
  await page.keyboard.press('ArrowRight');
  await expect(drawn.nth(1).locator('.readout')).toContainText(/ 1 of \d+$/);
  await expect(drawn.nth(0).locator('.readout')).toHaveCount(0);
  await take.click();
  const menu = page.locator('.take-menu:popover-open');
  const svg = page.waitForEvent('download');
  await menu.locator('[data-do=save][data-kind=svg]').click();
  const file = await svg;
  expect(file.suggestedFilename()).toMatch(/^hopfield-[\w-]+-broken\.svg$/);
  expect(readFileSync((await file.path())!, 'utf8')).toContain(', with rule = linear</title>');
  const csv = async (figure: number) => {
    await page.keyboard.press('Escape');
    await drawn.nth(figure).locator('.take-figure').click();
    const saved = page.waitForEvent('download');
    await menu.locator('[data-do=save][data-kind=csv]').click();
    return readFileSync((await (await saved).path())!, 'utf8');
  };
  expect(await csv(0)).not.toBe(await csv(1));
  await menu.locator('[data-do=table]').click();
  await expect(drawn.nth(1).locator('.figure-table')).toBeVisible();
});

test('a sweep draws a check over a control and seeds, by keyboard; Stop ends it; the page stays usable', async ({
  page,
  site,
}) => {
  await page.goto(site.url(hopfield));
  const sweep = page.locator('[data-sweep="half-digits-completed-to-a-wrong-one"]');
  await sweep.focus();
  await page.keyboard.press('Enter');
  const probe = page.locator('.probe');
  await expect(probe.locator('[name=x]')).toHaveValue('beta');
  await probe.locator('[name=count]').fill('4');
  await probe.locator('[name=seeds]').fill('2');
  await probe.locator('[data-probe-run]').focus();
  await page.keyboard.press('Enter');
  await expect(probe).toHaveAttribute('data-outcome', 'done', { timeout: 60_000 });
  // Four values and the default, on two seeds.
  await expect(probe.locator('.probe-says')).toContainText(/Holds in \d+ of 10 runs/);
  await expect(probe.locator('.slot circle')).toHaveCount(10);
  const download = page.waitForEvent('download');
  await probe.locator('[data-save=csv]').click();
  expect((await download).suggestedFilename()).toBe('hopfield-half-digits-completed-to-a-wrong-one.csv');
  await probe.locator('.take-figure').focus();
  await page.keyboard.press('Enter');
  const menu = page.locator('.take-menu:popover-open');
  const picture = page.waitForEvent('download');
  await menu.locator('[data-do=save][data-kind=png]').click();
  expect((await picture).suggestedFilename()).toMatch(/-swept\.png$/);
  await menu.locator('[data-do=table]').click();
  await expect(probe.locator('.figure-table tbody tr')).not.toHaveCount(0);
  await probe.locator('.walker').focus();
  await page.keyboard.press('ArrowRight');
  await expect(probe.locator('.readout')).toContainText(/ 1 of \d+$/);

  await probe.locator('[name=seeds]').fill('100');
  await probe.locator('[data-probe-run]').click();
  await expect(probe.locator('.probe-says')).toContainText('left', { timeout: 30_000 });
  await probe.locator('[data-probe-stop]').click();
  await expect(probe).toHaveAttribute('data-outcome', 'stopped');
  await expect(probe.locator('.probe-says')).toContainText('Stopped after');
  await notebookOf(page).run();
  await notebookOf(page).ended('done');
});

test('two controls give a map, and a cell that fails somewhere says so', async ({ page, site }) => {
  await withCells(page, 'hopfield', {
    experiment: `${lab}const a = slider('a', { min: 0, max: 2, value: 1, step: 1 });
const b = select('b', { options: ['x', 'y'] });
if (a === 2 && b === 'y') throw new Error('no luck');
check('a is small', a + (b === 'y' ? 10 : 0), { below: 5, because: 'so', breaks: { b: 'y' } });`,
  });
  await page.goto(site.url(hopfield));
  await notebookOf(page).run();
  await notebookOf(page).ended('done');
  await page.locator('[data-sweep="a-is-small"]').click();
  const probe = page.locator('.probe');
  await probe.locator('[name=x]').selectOption('a');
  await probe.locator('[name=y]').selectOption('b');
  await probe.locator('[name=seeds]').fill('1');
  await probe.locator('[data-probe-run]').click();
  await expect(probe).toHaveAttribute('data-outcome', 'done', { timeout: 60_000 });
  await expect(probe.locator('.probe-says')).toContainText(
    'Holds in 3 of 6 runs, smallest margin 2.5×. 1 did not run to their end: experiment.ts: no luck',
  );
  await expect(probe.locator('.slot svg[role=img] rect')).toHaveCount(5);
});

test('the library is verified: stopped, gone on with, and taken along', async ({ page, site }) => {
  const papers = page.locator('[data-paper]');
  await page.goto(site.url('verify/'));
  // All but the lightest are left out, so that this takes seconds.
  await papers.evaluateAll((all) => {
    for (const element of all)
      if (!['hopfield', 'mpnn-graph-transformer'].includes((element as HTMLElement).dataset.paper!))
        element.remove();
  });
  const library = page.locator('[data-verify]');
  await page.locator('[data-verify-run]').click();
  await expect(library).toHaveAttribute('data-outcome', 'done', { timeout: 60_000 });
  await expect(page.locator('[data-verify-says]')).toContainText(
    /^(\d+) of \1 checks hold; 2 of 2 papers hold whole, on WASM/,
  );
  await expect(page.locator('[data-paper=hopfield] [data-holds]').first()).toHaveText('holds');
  const download = page.waitForEvent('download');
  await page.locator('[data-take=json]').click();
  expect((await download).suggestedFilename()).toMatch(/^verified-wasm-\d{4}-\d\d-\d\d\.json$/);
});

test('where a check fails, the first operation that another backend does otherwise is named', async ({
  page,
  site,
}) => {
  const check = { cell: 'experiment', id: 'tanh', claim: 'tanh', measured: 0.76, bound: { below: 0.8 } };
  const recorded = { checks: [{ ...check, because: 'so', breaks: { seed: 1 }, holds: true }] };
  await withCells(
    page,
    'hopfield',
    {
      experiment: `import * as tf from '@tensorflow/tfjs';
import { check, toNumber } from 'lab';
const x = tf.tensor1d([0.5, 1]);
const wrong = tf.getBackend() === 'wasm' ? 0.25 : 0;
const y = tf.tanh(x.add(wrong));
check('tanh', await toNumber(y.max()), { below: 0.8, because: 'so', breaks: { seed: 1 } });`,
    },
    recorded,
  );
  await page.goto(site.url('verify/'));
  await page.locator('[data-paper]').evaluateAll((all) => {
    for (const element of all) if ((element as HTMLElement).dataset.paper !== 'hopfield') element.remove();
  });
  const row = page.locator('[data-paper=hopfield]');
  await expect(row.locator('[data-difference]')).toBeHidden();
  await page.locator('[name=backend]').selectOption('wasm');
  await page.locator('[data-verify-run]').click();
  await expect(page.locator('[data-verify]')).toHaveAttribute('data-outcome', 'done', { timeout: 60_000 });
  await row.locator('[data-difference]').click();
  await expect(row.locator('[data-difference-says]')).toHaveText(
    /^First difference between CPU and WASM: operation \d+, Add of \[2\](?: and \[\])? in experiment\.ts: apart by 0\.\d+ of its largest value \(\S+ against \S+\)\.$/,
    { timeout: 60_000 },
  );
});

test.describe('on a dark phone', () => {
  test.use({ viewport: { width: 390, height: 844 }, colorScheme: 'dark', hasTouch: true });

  test('a break, a sweep that is hidden and shown again, and a reload in its middle leave nothing stuck', async ({
    page,
    site,
  }) => {
    await page.goto(site.url(hopfield));
    const row = page.locator('.checks .check').first();
    await tap(row.locator('button[data-breaks]'));
    await notebookOf(page).ended('done');
    await expect(row.locator('.compare .broken figure')).toBeVisible();
    expect(await overflow(page)).toBe(0);
    await page.reload();
    // The address keeps the break; nothing runs by itself.
    await expect(page.locator('[data-stop]').first()).toBeHidden();
    await expect(row).toHaveClass(/holds/);

    await tap(page.locator('[data-sweep="half-digits-completed-to-a-wrong-one"]'));
    const probe = page.locator('.probe');
    await probe.locator('[name=count]').fill('4');
    await probe.locator('[name=seeds]').fill('20');
    await tap(probe.locator('[data-probe-run]'));
    await expect(probe.locator('.probe-says')).toContainText('left', { timeout: 30_000 });
    const session = await page.context().newCDPSession(page);
    await session.send('Page.setWebLifecycleState', { state: 'frozen' });
    await new Promise((resolve) => setTimeout(resolve, 500));
    await session.send('Page.setWebLifecycleState', { state: 'active' });
    await expect(probe).toHaveAttribute('data-outcome', 'done', { timeout: 60_000 });
    await expect(probe.locator('.probe-says')).toContainText(/Holds in \d+ of 100 runs/);
    expect(await overflow(page)).toBe(0);

    await probe.locator('[name=seeds]').fill('100');
    await tap(probe.locator('[data-probe-run]'));
    await expect(probe.locator('.probe-says')).toContainText('left', { timeout: 30_000 });
    await page.reload();
    await expect(page.locator('.probe')).toHaveCount(0);
    await notebookOf(page).run();
    await notebookOf(page).ended('done');
  });

  test('a verification that is reloaded in its middle begins anew', async ({ page, site }) => {
    await page.goto(site.url('verify/'));
    await tap(page.locator('[data-verify-run]'));
    await expect(page.locator('[data-verify-stop]')).toBeVisible();
    await page.reload();
    await expect(page.locator('[data-verify-stop]')).toBeHidden();
    await expect(page.locator('[data-verify-run]')).toBeEnabled();
    await tap(page.locator('[data-verify-run]'));
    await tap(page.locator('[data-verify-stop]'));
    await expect(page.locator('[data-verify]')).toHaveAttribute('data-outcome', 'stopped');
    await expect(page.locator('[data-verify-run]')).toBeEnabled();
    expect(await overflow(page)).toBe(0);
  });
});

/** Pixels by which a page is wider than its window. */
const overflow = (page: Page) =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
