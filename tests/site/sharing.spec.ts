import type { BrowserContext, Page } from 'playwright/test';
import { axeViolations } from './axe.ts';
import { expect, test } from './fixture.ts';
import { notebookOf } from './notebook.ts';

const hopfield = 'papers/hopfield/';
const linkOf = (page: Page) => page.locator('.share-box input').inputValue();

/** Presses Copy link and gives the link. */
async function copied(page: Page): Promise<string> {
  await page.locator('[data-share]').click();
  await expect(page.locator('.share-box [role=status]')).toContainText('It brings');
  return linkOf(page);
}

/** Another reader, who has nothing of the first one's. */
async function receiver(context: BrowserContext, url: string): Promise<Page> {
  const other = await context.browser()!.newContext({ serviceWorkers: 'block' });
  const page = await other.newPage();
  await page.goto(url);
  return page;
}

test('a link without edits is readable, restores controls, seed and backend, and compares what was measured', async ({
  page,
  context,
  site,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.goto(site.url(`${hopfield}?beta=4&seed=2&backend=wasm`));
  const notebook = notebookOf(page);
  await notebook.run();
  await notebook.ended('done');
  const link = await copied(page);
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(link);
  await expect(page.locator('.share-box')).toContainText('Copied. It brings beta = 4 and seed = 2 and');
  expect(link).toMatch(/\?beta=4&seed=2&backend=wasm#shared=1&page=\w{16}&on=WASM&got\.[\w-]+=/);
  expect(link).not.toContain('edits=');

  const other = await receiver(context, link);
  await expect(other.locator('input[data-key="seed"]')).toHaveValue('2');
  await expect(other.locator('.tools [data-runs-on]')).toHaveValue('wasm');
  const table = other.locator('.from-link table');
  await expect(table.locator('caption')).toHaveText('What the sender measured, on WASM');
  await expect(other.locator('.from-link')).toContainText('Press Run to put yours beside them');
  await other.locator('.tools [data-run]').click();
  await notebookOf(other).ended('done');
  const differences = await table.locator('tbody td:last-child').allTextContents();
  expect(differences.length).toBe(await other.locator('.checks .check').count());
  expect(new Set(differences)).toEqual(new Set(['the same']));
  // Values of another text than the one on screen are not sent on.
  await page.locator('[data-edit="mechanism"]').click();
  await expect(page.locator('[data-cell="mechanism"] .cm-content')).toBeFocused();
  await page.keyboard.insertText('// not run\n');
  await page.locator('[data-share]').click();
  await expect(page.locator('.share-box')).toContainText('Run first to send measured values with it');
  // Another seed measures something else, and the table says by how much.
  await notebookOf(other).forget();
  await other.locator('input[data-key="seed"]').fill('3');
  await notebookOf(other).ended('done');
  expect(
    (await table.locator('tbody td:last-child').allTextContents()).some((text) => /^[+−]/.test(text)),
  ).toBe(true);
  await other.locator('[data-does="dismiss"]').click();
  await expect(other.locator('.from-link')).toHaveCount(0);
  expect(other.url()).not.toContain('#shared');
  await other.context().close();
});

test('code of a link is marked, shown with its difference, and runs only by its own button', async ({
  page,
  context,
  site,
}) => {
  await page.goto(site.url(hopfield));
  await page.locator('[data-edit="mechanism"]').click();
  const content = page.locator('[data-cell="mechanism"] .cm-content');
  await expect(content).toBeFocused();
  await page.keyboard.press('Control+Home');
  await page.keyboard.insertText('export const mine = 1;\n');
  await page.keyboard.press('Control+End');
  await page.keyboard.insertText(
    "\nimport { show, slider } from 'lab';\nshow('link words', 'alive ' + slider('gamma', { min: 0, max: 9, value: 1 }));",
  );
  await page.keyboard.press('Control+Enter');
  const sender = notebookOf(page);
  await sender.ended('done');
  await sender.forget();
  await page.locator('input[data-key="gamma"]').fill('7');
  await sender.ended('done');
  const link = await copied(page);
  expect(link).toMatch(/set\.gamma=7/);

  const other = await receiver(context, link);
  const panel = other.locator('.from-link');
  const cell = other.locator('[data-cell="mechanism"]');
  await expect(panel).toContainText('not the site’s: mechanism.ts');
  await expect(cell.locator('.edit-note')).toContainText('From a link, not the site’s code');
  await expect(cell.locator('.cm-changedLine').first()).toBeVisible();
  // Nothing else runs it: Run, a control, Break it, Ctrl+Enter in the field.
  await other.locator('.finding [data-run]').click();
  await expect(panel.locator('[data-does="accept"]')).toBeFocused();
  await other.locator('input[data-key="seed"]').fill('1');
  await other.locator('.check button[data-breaks]').first().click();
  await cell.locator('.cm-content').focus();
  await other.keyboard.press('Control+Enter');
  await other.waitForTimeout(500);
  await expect(other.locator('.notebook .slot.live')).toHaveCount(0);
  expect(await other.evaluate(() => localStorage.getItem('working-papers-edits:hopfield'))).toBeNull();
  await other.reload();
  await panel.locator('[data-does="accept"]').focus();
  await other.keyboard.press('Enter');
  await notebookOf(other).ended('done');
  await expect(other.locator('[data-output="link-words"]')).toContainText('alive 7');
  expect(new Set(await panel.locator('tbody td:last-child').allTextContents())).toEqual(
    new Set(['the same']),
  );
  await other.context().close();
});

test('a link’s code gives way to the site’s, and never to the loss of the reader’s own', async ({
  page,
  context,
  site,
}) => {
  await page.goto(site.url(hopfield));
  const type = async (on: Page, text: string) => {
    await on.locator('[data-cell="mechanism"] .cm-content').focus();
    await on.keyboard.press('Control+Home');
    await on.keyboard.insertText(text);
  };
  await page.locator('[data-edit="mechanism"]').click();
  await type(page, '// the sender\n');
  const link = await copied(page);

  const other = await receiver(context, site.url(hopfield));
  await other.locator('[data-edit="mechanism"]').click();
  await type(other, '// the receiver\n');
  const kept = () => other.evaluate(() => localStorage.getItem('working-papers-edits:hopfield') ?? '');
  await expect.poll(kept).toContain('the receiver');
  await other.goto('about:blank');
  await other.goto(link);
  const content = other.locator('[data-cell="mechanism"] .cm-content');
  await expect(content).toContainText('// the sender');
  // Typing into the link's code keeps both.
  await type(other, '// on top\n');
  await expect.poll(kept).toContain('on top');
  expect(await kept()).toContain('the receiver');
  await other.locator('[data-cell="mechanism"] [data-does="back"]').click();
  await expect(content).toContainText('// the receiver');
  await expect.poll(kept).not.toContain('on top');
  await other.goto('about:blank');
  await other.goto(link);
  await expect(content).toContainText('// the sender');
  await other.locator('[data-does="decline"]').click();
  await expect(content).toContainText('// the receiver');
  expect(other.url()).not.toContain('#shared');
  await other.context().close();
});

test('a cut, a changed, a newer and another page’s link: one sentence each, and the page works', async ({
  page,
  site,
}) => {
  await page.goto(site.url(hopfield));
  const link = await copied(page);
  const at = async (url: string, words: string) => {
    // Into the address of the open page: only what follows # changes.
    await page.goto(url);
    await expect(page.locator('.from-link [role=alert]')).toContainText(words, { timeout: 30_000 });
  };
  await at(link.slice(0, -20), 'cut off');
  await at(link.replace('got.', 'gut.'), 'changed on its way');
  await at(link.replace('shared=1', 'shared=9'), 'newer release');
  await notebookOf(page).run();
  await notebookOf(page).ended('done');
  await page.goto(site.url('papers/noprop/'));
  await page.locator('[data-edit="experiment"]').click();
  await page.locator('[data-cell="experiment"] .cm-content').focus();
  await page.keyboard.insertText('// other\n');
  const [, fragment] = (await copied(page)).split('#');
  // Both pages have an experiment: the note says that it was made for another.
  await page.goto('about:blank');
  await page.goto(`${site.url(hopfield)}#${fragment}`);
  await expect(page.locator('.from-link')).toContainText('The page has changed since the link was made');
  await expect(page.locator('[data-cell="experiment"] .edit-note')).toContainText('another release');
});

test('a browser that refuses to copy leaves the link selected', async ({ page, site }) => {
  await page.addInitScript(() => {
    Object.defineProperty(navigator, 'clipboard', {
      value: { writeText: () => Promise.reject(new Error('no')) },
    });
  });
  await page.goto(site.url(hopfield));
  await page.locator('[data-share]').focus();
  await page.keyboard.press('Enter');
  const field = page.locator('.share-box input');
  await expect(field).toBeFocused();
  await expect(page.locator('.share-box [role=status]')).toContainText(
    'the link is selected, copy it from here',
  );
  expect(await field.evaluate((input: HTMLInputElement) => input.selectionEnd! - input.selectionStart!)).toBe(
    (await linkOf(page)).length,
  );
});

for (const [colorScheme, width] of [
  ['light', 1280],
  ['dark', 390],
] as const)
  test(`what came with a link is clean for axe, ${colorScheme}, ${width} px, and nothing sticks out`, async ({
    page,
    site,
  }) => {
    await page.setViewportSize({ width, height: 900 });
    await page.emulateMedia({ colorScheme });
    await page.goto(site.url(hopfield));
    await page.locator('[data-edit="mechanism"]').click();
    await page.locator('[data-cell="mechanism"] .cm-content').focus();
    await page.keyboard.insertText('// other\n');
    await page.keyboard.press('Control+Enter');
    await notebookOf(page).ended('done');
    const link = await copied(page);
    await page.evaluate(() => localStorage.clear());
    await page.goto('about:blank');
    await page.goto(link);
    await expect(page.locator('.from-link tbody tr').first()).toBeVisible();
    await copied(page);
    await page.evaluate(() => {
      for (const cell of document.querySelectorAll('[data-cell]:not([data-cell="mechanism"])')) cell.remove();
    });
    expect((await axeViolations(page)).join('\n')).toBe('');
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(
      0,
    );
  });
