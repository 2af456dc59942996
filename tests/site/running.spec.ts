import { expect, test } from './fixture.ts';
import { notebookOf, withCells } from './notebook.ts';

const hopfield = 'papers/hopfield/';

test('Run runs every cell, says on what, and all checks hold', async ({ page, site }) => {
  await page.goto(site.url(hopfield));
  const notebook = notebookOf(page);
  const recorded = await page.locator('.checks > li').count();
  await notebook.run();
  await notebook.ended('done');
  await expect(notebook.provenance()).toContainText(/^live on WASM/i);
  await expect(page.locator('.checks .check.holds')).toHaveCount(recorded);
  await expect(notebook.cell('digits').locator('.slot.live')).toHaveCount(1);
  await expect(page.locator('[data-stop]').first()).toBeHidden();
});

test('a click that a program makes, with no pointer near, runs it too', async ({ page, site }) => {
  await page.goto(site.url(hopfield));
  await page.evaluate(() => document.querySelector<HTMLElement>('.tools [data-run]')!.click());
  await notebookOf(page).ended('done');
});

test('nothing of the kernel is loaded before Run is approached', async ({ page, site }) => {
  const asked: string[] = [];
  page.on('request', (request) => asked.push(request.url()));
  await page.goto(site.url(hopfield));
  await page.mouse.wheel(0, 4000);
  await page.waitForTimeout(500);
  expect(asked.filter((url) => /kernel|webgpu|wasm|notebook\.js|data\//.test(url))).toEqual([]);
});

test('a kernel that opens before Run leaves what the run will cost where it stands', async ({
  page,
  site,
}) => {
  await page.goto(site.url('papers/hopfield/?backend=wasm'));
  await page.locator('[data-run]').first().hover();
  await expect(page.locator('.notebook[data-backend=wasm]')).toBeVisible();
  await expect(page.locator('.finding [data-cost]')).toHaveText(/^[\d.]+ MB once, then about [\d.]+ s here$/);
});

test('a slider moves its figure; the address follows, and brings it back', async ({ page, site }) => {
  await page.goto(site.url(hopfield));
  const notebook = notebookOf(page);
  await notebook.run();
  await notebook.ended('done');
  await notebook.forget();
  const slider = page.locator('[data-cell="digits"] input[data-key="beta"]');
  await slider.fill('0');
  await notebook.ended('done');
  await expect(page).toHaveURL(/beta=0\.05/);
  await expect(page.locator('[data-check="half-digits-completed-to-a-wrong-one"]').first()).toBeVisible();
  await expect(page.locator('.checks .check.fails')).toHaveCount(1);
  await page.goto(page.url());
  await page.locator('[data-run]').first().hover();
  await expect(slider).toHaveValue('0');
  await expect(notebook.provenance()).toContainText('Set to beta = 0.05');
});

test('Break it makes the check fail, and Mend it brings it back', async ({ page, site }) => {
  await page.goto(site.url(hopfield));
  const notebook = notebookOf(page);
  const row = page.locator('.checks .check').first();
  await row.locator('button[data-breaks]').click();
  await notebook.ended('done');
  await expect(row).toHaveClass(/fails/);
  await notebook.forget();
  await expect(row.locator('button[data-breaks]')).toHaveText('Mend it');
  const total = await page.locator('.checks .check').count();
  const holding = await page.locator('.checks .check.holds').count();
  expect(holding).toBeLessThan(total);
  await expect(page.locator('[data-verdict]')).toHaveText(`${holding} of ${total} checks hold`);
  await expect(page.locator('[data-now]')).toContainText('in this run, with rule = linear');
  await expect(notebook.provenance()).toContainText(`${holding} of ${total} checks hold`);
  await page.locator('.broken-note [data-mend]').click();
  await notebook.ended('done');
  await expect(row).toHaveClass(/holds/);
  await expect(page.locator('.broken-note')).toBeHidden();
  await expect(page.locator('[data-verdict]')).toHaveText(`${total} of ${total} checks hold`);
});

test('a Try link sets its controls and runs', async ({ page, site }) => {
  await page.goto(site.url(hopfield));
  await page.locator('a[data-set*="linear"]').click();
  await notebookOf(page).ended('done');
  await expect(page).toHaveURL(/rule=linear/);
  await expect(page.locator('select[data-key="rule"]')).toHaveValue('linear');
  // It leads to the figures of what it sets.
  await expect(page.locator('.cell:has(select[data-key="rule"]) .side')).toBeInViewport();
});

test('a reader chooses the backend, here and on other pages', async ({ page, site }) => {
  await page.goto(site.url(hopfield));
  const notebook = notebookOf(page);
  await notebook.run();
  await notebook.ended('done');
  await notebook.forget();
  const select = page.locator('[data-runs-on]').first();
  await expect(select).toHaveValue('');
  await select.selectOption('wasm');
  await notebook.ended('done');
  await expect(page.locator('.chip').first()).toHaveText(/Live on WASM/);
  await page.goto(site.url('papers/mpnn-graph-transformer/'));
  await page.locator('.tools [data-run]').first().hover();
  await expect(page.locator('.tools [data-runs-on]')).toHaveValue('wasm');
});

const lab = "import * as tf from '@tensorflow/tfjs';\nimport { check, show, slider, steps } from 'lab';\n";

test('a cell that throws says where; the rest of the page lives and Run works again', async ({
  page,
  site,
}) => {
  await withCells(page, 'hopfield', {
    mechanism: 'export const f = 1;',
    experiment: `${lab}throw new Error('no luck');`,
    digits: `${lab}show('words', 'alive');`,
  });
  await page.goto(site.url(hopfield));
  const notebook = notebookOf(page);
  await notebook.run();
  await notebook.ended('error');
  await expect(notebook.error('experiment')).toHaveText('experiment.ts, line 3: no luck.');
  await expect(notebook.cell('digits').locator('.slot.live')).toContainText('alive');
  await notebook.forget();
  await notebook.run();
  await notebook.ended('error');
});

test('an endless loop: Stop ends it within seconds, and Run starts a new kernel', async ({ page, site }) => {
  await withCells(page, 'hopfield', {
    experiment: `${lab}if (slider('a', { min: 0, max: 1, value: 0 }) === 0) while (true) {}`,
  });
  await page.goto(site.url(`${hopfield}`));
  const notebook = notebookOf(page);
  await notebook.run();
  await expect(page.locator('.progress')).toBeVisible({ timeout: 30_000 });
  await page.waitForTimeout(3000);
  await notebook.stop();
  await notebook.ended('broken', 5000);
  await expect(notebook.provenance()).toContainText('did not answer to Stop');
  await notebook.forget();
  await page.locator('input[data-key="a"]').fill('1');
  await notebook.ended('done');
});

test('allocation without end stops with a sentence', async ({ page, site }) => {
  await withCells(page, 'hopfield', {
    experiment: `${lab}const all = [];\nwhile (true) all.push(tf.zeros([6e7]));`,
  });
  await page.goto(site.url(hopfield));
  const notebook = notebookOf(page);
  await notebook.run();
  await notebook.ended('error');
  await expect(notebook.error('experiment')).toContainText('line 4');
  await expect(notebook.error('experiment')).toContainText('MB a notebook may use');
});

test('a NaN in a check does not hold, and says what it is', async ({ page, site }) => {
  await withCells(page, 'hopfield', {
    experiment: `${lab}check('a number', 0 / 0, { below: 1, because: 'so', breaks: { seed: 1 } });`,
  });
  await page.goto(site.url(hopfield));
  await notebookOf(page).run();
  await notebookOf(page).ended('done');
  await expect(page.locator('[data-check="a-number"]').first()).toBeVisible();
  await expect(page.locator('.check.fails')).toContainText(/not (a )?(finite )?number|NaN|not finite/i);
});

test('a cell has no network, no storage, no worker of its own, and cannot post as the kernel', async ({
  page,
  site,
}) => {
  const powers = [
    'fetch',
    'XMLHttpRequest',
    'WebSocket',
    'importScripts',
    'Worker',
    'indexedDB',
    'caches',
    'BroadcastChannel',
    'postMessage',
  ];
  const text = `${lab}const found = ${JSON.stringify(powers)}.filter((name) => globalThis[name] !== undefined || Object.getPrototypeOf(globalThis)[name] !== undefined);
show('words', found.length ? found.join(' ') : 'none left');`;
  await withCells(page, 'hopfield', { experiment: text });
  await page.goto(site.url(hopfield));
  await notebookOf(page).run();
  await notebookOf(page).ended('done');
  await expect(notebookOf(page).cell('experiment').locator('.slot.live')).toHaveText('none left');
});

test('a run that was superseded shows nothing', async ({ page, site }) => {
  const text = `${lab}const a = slider('a', { min: 0, max: 9, value: 1 });
for await (const i of steps(150)) await new Promise((r) => setTimeout(r, 20));
show('words', 'a is ' + a);`;
  await withCells(page, 'hopfield', { experiment: text });
  await page.goto(site.url(hopfield));
  const notebook = notebookOf(page);
  await notebook.run();
  const slider = page.locator('input[data-key="a"]');
  await expect(slider).toBeVisible({ timeout: 30_000 });
  const seen = page.evaluate(
    () =>
      new Promise<string[]>((resolve) => {
        const words: string[] = [];
        new MutationObserver(() => {
          const text = document.querySelector('[data-cell="experiment"] .slot.live')?.textContent ?? '';
          if (text && words.at(-1) !== text) words.push(text);
        }).observe(document.body, { childList: true, subtree: true });
        document.addEventListener('run-end', () => setTimeout(() => resolve(words), 300), { once: true });
      }),
  );
  for (const value of ['3', '5', '7']) await slider.fill(value);
  await notebook.ended('done');
  expect((await seen).filter((text) => /a is/.test(text))).toEqual(['a is 7']);
});
