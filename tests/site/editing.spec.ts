import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import type { Page } from 'playwright/test';
import { axeViolations } from './axe.ts';
import { distFolder } from './dist.ts';
import { expect, test } from './fixture.ts';
import { notebookOf } from './notebook.ts';

const hopfield = 'papers/hopfield/';
const noprop = 'papers/noprop/';

/** An open cell, as a reader has it. */
function editorOf(page: Page, name: string) {
  const cell = page.locator(`[data-cell="${name}"]`);
  const content = cell.locator('.cm-content').first();
  return {
    cell,
    content,
    edit: cell.locator('[data-edit]'),
    note: cell.locator('.edit-note'),
    does: (what: string) => cell.locator(`[data-does="${what}"]`),
    async open() {
      await cell.locator('[data-edit]').click();
      await expect(content).toBeFocused();
    },
    /** Types at the start of a line, 1-based. */
    async type(line: number, text: string) {
      await content.focus();
      await page.keyboard.press('Control+Home');
      for (let at = 1; at < line; at += 1) await page.keyboard.press('ArrowDown');
      await page.keyboard.type(text);
    },
    async replace(text: string) {
      await content.focus();
      await page.keyboard.press('Control+a');
      await page.keyboard.insertText(text);
    },
  };
}

const key = 'working-papers-edits:hopfield';
const keptOf = (page: Page) => page.evaluate((name) => JSON.parse(localStorage.getItem(name) ?? '{}'), key);

test('a reader edits, runs the edit, sees the difference, resets; nothing of the editor loads before', async ({
  page,
  site,
}) => {
  const asked: string[] = [];
  page.on('request', (request) => asked.push(new URL(request.url()).pathname));
  await page.goto(site.url(hopfield));
  await page.locator('.tools [data-run]').hover();
  await page.waitForTimeout(300);
  expect(asked.filter((path) => /editor|sources/.test(path))).toEqual([]);
  const shown = await page.locator('[data-cell="mechanism"] pre .line').allTextContents();
  const editor = editorOf(page, 'mechanism');
  await editor.open();
  const first = (lines: string[]) => lines.slice(0, 20);
  expect(first(await editor.cell.locator('.cm-line').allTextContents())).toEqual(first(shown));
  await editor.type(1, "// mine\nthrow new Error('line two');\n");
  await expect(editor.note).toContainText('2 lines new');
  await expect(editor.note).toContainText('Kept on this device only');
  await editor.does('difference').click();
  await expect(editor.cell.locator('.cm-changedLine')).toHaveCount(2);
  await editor.does('run').click();
  const notebook = notebookOf(page);
  await notebook.ended('error');
  await expect(notebook.error('mechanism')).toHaveText('mechanism.ts, line 2: line two.');
  await expect(editor.cell.locator('.cm-lintRange-error')).toHaveCount(1);
  await expect(notebook.provenance()).toContainText('with mechanism.ts edited');
  await editor.does('reset').click();
  await expect(editor.does('close')).toBeFocused();
  await expect(editor.note).toContainText('the text of the site');
  // A reset is taken back, by its button too.
  await editor.does('back').click();
  await expect(editor.note).toContainText('2 lines new');
  await editor.does('reset').click();
  await editor.does('close').click();
  await expect(editor.edit).toBeFocused();
  await expect(page.locator('[data-cell="mechanism"] pre')).toBeVisible();
  expect(await keptOf(page)).toEqual({});
  await notebook.forget();
  await notebook.run();
  await notebook.ended('done');
  await expect(notebook.provenance()).not.toContainText('edited');
  await expect(page.locator('.checks .check.fails')).toHaveCount(0);
});

test('the editor is in a script of its own, which is no heavier than the page says', async ({
  page,
  site,
}) => {
  const text = (name: string) => readFileSync(`${distFolder()}/_site/${name}.js`, 'utf8');
  const bytes = gzipSync(text('editor')).length;
  expect(bytes).toBeLessThan(230_000);
  expect(text('editor')).toContain('cm-content');
  for (const name of ['page', 'notebook']) expect(text(name), name).not.toContain('cm-content');
  await page.goto(site.url(hopfield));
  const said = `loads the editor, ${(bytes / 1e6).toFixed(2)} MB, once`;
  await expect(page.locator('[data-edit]').first()).toHaveAttribute('title', said);
});

test('by keyboard alone: Enter opens, Ctrl+Enter runs, Esc and Tab leave; "/" is a letter', async ({
  page,
  site,
}) => {
  await page.goto(site.url(noprop));
  const editor = editorOf(page, 'mechanism');
  await editor.edit.focus();
  await page.keyboard.press('Enter');
  await expect(editor.content).toBeFocused();
  await page.keyboard.press('Control+Home');
  await page.keyboard.type('// a / b\n');
  await expect(page.locator('dialog.search')).toBeHidden();
  await page.keyboard.press('Escape');
  await expect(editor.does('run')).toBeFocused();
  await page.keyboard.press('Tab');
  await expect(editor.does('difference')).toBeFocused();
  await page.keyboard.press('Space');
  await expect(editor.does('difference')).toHaveAttribute('aria-pressed', 'true');
  await editor.content.focus();
  await page.keyboard.press('Tab');
  await expect(editor.content).not.toBeFocused();
  await editor.content.focus();
  await page.keyboard.press('Control+Enter');
  const notebook = notebookOf(page);
  await expect(notebook.section).toHaveClass(/busy/);
  await page.locator('[data-stop]').first().click();
});

test('an edit survives a reload; a changed cell of the site stands before it, and both are shown', async ({
  page,
  site,
}) => {
  await page.goto(site.url(hopfield));
  const editor = editorOf(page, 'mechanism');
  await editor.open();
  await editor.type(1, '// kept\n');
  await expect.poll(async () => (await keptOf(page)).mechanism?.text).toContain('// kept');
  await page.reload();
  await expect(editor.content).toContainText('// kept');
  await expect(editor.note).toContainText('1 line new');
  // The edit as it would be after a release that changed the cell.
  await page.evaluate((name) => {
    const edits = JSON.parse(localStorage.getItem(name)!);
    edits.mechanism.of = 'another release';
    localStorage.setItem(name, JSON.stringify(edits));
  }, key);
  await page.reload();
  const older = editor.cell.locator('.older-edit');
  await expect(older).toContainText('has changed since you edited it');
  await expect(older.locator('.cm-content')).toContainText('// kept');
  await expect(editor.cell.locator('pre')).toBeVisible();
  const notebook = notebookOf(page);
  await notebook.run();
  await notebook.ended('done');
  await expect(notebook.provenance()).not.toContainText('edited');
  await older.locator('[data-does="use"]').click();
  await expect(older).toHaveCount(0);
  await expect(editor.note).toContainText('1 line new');
  await expect.poll(async () => (await keptOf(page)).mechanism.of).not.toBe('another release');
});

test('the browser’s own text field does the same, and stays chosen', async ({ page, site }) => {
  await page.goto(site.url(hopfield));
  const notebook = notebookOf(page);
  const editor = editorOf(page, 'mechanism');
  await editor.open();
  await editor.type(1, '// first\n');
  await editor.does('plain').click();
  const field = editor.cell.locator('textarea');
  await expect(field).toHaveValue(/^\/\/ first\n/);
  await editor.does('difference').click();
  await expect(editor.cell.locator('.code-field pre')).toHaveText('line 1\n+ // first');
  await field.focus();
  await page.keyboard.press('Control+Home');
  await page.keyboard.insertText("throw new Error('plain');\n");
  await page.keyboard.press('Control+Enter');
  await notebook.ended('error');
  await expect(notebook.error('mechanism')).toHaveText('mechanism.ts, line 1: plain.');
  await expect(field).toHaveAttribute('aria-invalid', 'true');
  await page.keyboard.press('Escape');
  await expect(editor.does('run')).toBeFocused();
  await expect.poll(async () => (await keptOf(page)).mechanism?.text).toContain('plain');
  await page.reload();
  await expect(field).toHaveValue(/^throw new Error\('plain'\);\n\/\/ first/);
  await editor.does('plain').click();
  await expect(editor.content).toContainText('// first');
});

test('the same cell, edited in two tabs: both say so', async ({ page, context, site }) => {
  await page.goto(site.url(hopfield));
  const here = editorOf(page, 'mechanism');
  await here.open();
  await here.type(1, '// here\n');
  await expect.poll(async () => (await keptOf(page)).mechanism?.text).toContain('// here');
  const tab = await context.newPage();
  await tab.goto(site.url(hopfield));
  const there = editorOf(tab, 'mechanism');
  await expect(there.content).toContainText('// here');
  await there.content.focus();
  await tab.keyboard.insertText('// there\n');
  await expect(here.note).toContainText('Another tab edits this cell, too');
  await expect(here.content).not.toContainText('// there');
});

test('what does not compile, what two cells disagree about, and what the browser refuses, each say where', async ({
  page,
  site,
}) => {
  await page.goto(site.url(hopfield));
  const notebook = notebookOf(page);
  const mechanism = editorOf(page, 'mechanism');
  await mechanism.open();
  await mechanism.replace('export const a = 1;\nexport const b = = 2;\n');
  await expect(mechanism.cell.locator('.cm-lintRange-error')).toHaveText('export const b = = 2;');
  await mechanism.does('run').click();
  await notebook.ended('broken');
  await expect(notebook.error('mechanism')).toContainText('mechanism.ts, line 2: the text does not parse');
  await expect(notebook.provenance()).toContainText('Nothing was run');
  await mechanism.replace('export const classical = 1;\n');
  await mechanism.does('run').click();
  await expect(notebook.error('experiment')).toContainText(/experiment\.ts imports '\w+' from mechanism\.ts/);
  await mechanism.does('reset').click();
  // The compiler lets a name be declared twice; the browser does not.
  await mechanism.type(1, 'const twice = 1;\nconst x = 0;\nconst twice = 2;\n');
  await mechanism.does('run').click();
  await notebook.ended('error');
  await expect(notebook.error('mechanism')).toHaveText(
    "mechanism.ts, line 3: Identifier 'twice' has already been declared.",
  );
});

test('controls, checks and outputs that an edit brings go with it', async ({ page, site }) => {
  await page.goto(site.url(hopfield));
  const notebook = notebookOf(page);
  const editor = editorOf(page, 'mechanism');
  const rows = await page.locator('.checks > li').count();
  await editor.open();
  await editor.content.press('Control+End');
  await page.keyboard.insertText(
    "\nimport { check, show, slider } from 'lab';\nconst gamma = slider('gamma', { min: 0, max: 9, value: 1 });\nshow('words', 'gamma is ' + gamma);\ncheck('of mine', gamma, { below: 5, because: 'so', breaks: { gamma: 9 } });",
  );
  await editor.does('run').click();
  await notebook.ended('done');
  await notebook.forget();
  await page.locator('input[data-key="gamma"]').fill('8');
  await notebook.ended('done');
  await expect(editor.cell.locator('.slot.live')).toHaveText('gamma is 8');
  await expect(page.locator('[data-check="of-mine"].fails')).toHaveCount(1);
  await expect(page).toHaveURL(/gamma=8/);
  // A reload brings the setting back, although the site has no such control.
  await page.reload();
  await expect(editor.content).toBeVisible();
  await notebook.run();
  await notebook.ended('done');
  await expect(editor.cell.locator('.slot.live')).toHaveText('gamma is 8');
  await notebook.forget();
  await editor.does('reset').click();
  await notebook.run();
  await notebook.ended('done');
  await expect(page.locator('[data-key="gamma"]')).toHaveCount(0);
  await expect(page.locator('.checks > li')).toHaveCount(rows);
  await expect(editor.cell.locator('.slot')).toHaveCount(0);
});

test('a store that refuses, or is full, says so, and the edit runs all the same', async ({ page, site }) => {
  await page.addInitScript(() => {
    const set = Storage.prototype.setItem;
    Storage.prototype.setItem = function (name, value) {
      if (name.startsWith('working-papers-edits')) throw new DOMException('full', 'QuotaExceededError');
      set.call(this, name, value);
    };
  });
  await page.goto(site.url(hopfield));
  const editor = editorOf(page, 'mechanism');
  await editor.open();
  await editor.type(1, '// unkept\n');
  await expect(editor.note).toContainText('storage is full: copy the text before you leave');
  await editor.does('run').click();
  await notebookOf(page).ended('done');
  await expect(notebookOf(page).provenance()).toContainText('with mechanism.ts edited');
});

test('a browser that refuses storage altogether says so; edit, run and share go on', async ({
  page,
  site,
}) => {
  await page.addInitScript(() => {
    Object.defineProperty(window, 'localStorage', {
      get() {
        throw new DOMException('denied', 'SecurityError');
      },
    });
  });
  await page.goto(site.url(hopfield));
  const editor = editorOf(page, 'mechanism');
  await editor.open();
  await editor.type(1, '// unkept\n');
  await expect(editor.note).toContainText('This browser keeps nothing for this page: copy the text');
  await editor.does('run').click();
  await notebookOf(page).ended('done');
  await expect(notebookOf(page).provenance()).toContainText('with mechanism.ts edited');
  await page.locator('[data-share]').click();
  await expect(page.locator('.share-box [role=status]')).toContainText('your text of mechanism.ts');
  await expect(editor.content).toContainText('// unkept');
});

test('an editor that does not load says so, keeps the edit, and the site’s text runs', async ({
  page,
  site,
}) => {
  site.allow(/editor\.js|Failed to load resource/);
  await page.goto(site.url(hopfield));
  await page.evaluate((name) => {
    localStorage.setItem(name, JSON.stringify({ mechanism: { of: 'x', text: 'mine', at: '' } }));
  }, key);
  await page.route('**/_site/editor.js*', (route) => route.abort());
  await page.reload();
  await expect(page.locator('.from-link')).toContainText('kept on this device stay there');
  await notebookOf(page).run();
  await notebookOf(page).ended('done');
  expect((await keptOf(page)).mechanism.text).toBe('mine');
  await page.locator('[data-edit="mechanism"]').click();
  await expect(notebookOf(page).error('mechanism')).toContainText('Press Edit to try again');
});

for (const [colorScheme, width] of [
  ['light', 1280],
  ['dark', 390],
] as const)
  test(`the open editor is clean for axe, ${colorScheme}, ${width} px, and nothing sticks out`, async ({
    page,
    site,
  }) => {
    await page.setViewportSize({ width, height: 900 });
    await page.emulateMedia({ colorScheme });
    await page.goto(site.url(hopfield));
    const editor = editorOf(page, 'mechanism');
    await editor.open();
    await editor.replace('// new\nexport const classical = "a";\n');
    await editor.does('difference').click();
    await page.evaluate(() => {
      for (const cell of document.querySelectorAll('[data-cell]:not([data-cell="mechanism"])')) cell.remove();
    });
    expect((await axeViolations(page)).join('\n')).toBe('');
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(
      0,
    );
  });
