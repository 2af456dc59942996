import { axeViolations } from './axe.ts';
import { expect, test } from './fixture.ts';
import { notebookOf } from './notebook.ts';

const hopfield = 'papers/hopfield/';

test('a report of a run: settings, seed, backend and verdicts, by keyboard at 390 px in the dark', async ({
  page,
  site,
}) => {
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.emulateMedia({ colorScheme: 'dark' });
  await page.setViewportSize({ width: 390, height: 800 });
  await page.goto(`${site.url(hopfield)}?seed=3&beta=0.06`);
  const notebook = notebookOf(page);
  await notebook.run();
  await notebook.ended('done');
  await page.locator('[data-report-open]').focus();
  await page.keyboard.press('Enter');
  const form = page.locator('.report form');
  await expect(form.getByLabel('What is wrong?')).toBeFocused();
  await page.keyboard.type('One digit is gone.');
  await form.getByLabel('Where?').selectOption('digits');
  const text = form.getByLabel('The report');
  await expect(text).toHaveValue(/^One digit is gone\./);
  await expect(text).toHaveValue(/- Cell: digits\.ts\n- Settings: beta = 0\.06\d*\n- Seed: 3\n/);
  await expect(text).toHaveValue(/- On screen: Live on WASM .*\d+ of 10 checks hold/);
  await expect(text).toHaveValue(/- Backend: WASM.* operations agree to /);
  await expect(text).toHaveValue(/- Adapter: none/);
  await expect(text).toHaveValue(/- Version: \d+\.\d+\.\d+, release \w{12}\n/);
  await expect(text).toHaveValue(/\n- fails: half digits completed to a wrong one: /);
  expect(await axeViolations(page, { runOnly: ['color-contrast', 'label', 'target-size'] })).toEqual([]);
  await form.getByRole('button', { name: 'Copy the report' }).focus();
  await page.keyboard.press('Enter');
  await expect(form.getByRole('status')).toHaveText('Copied.');
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(await text.inputValue());
  await form.getByRole('button', { name: 'Close' }).focus();
  await page.keyboard.press('Enter');
  await expect(page.locator('[data-report-open]')).toBeFocused();
});

test('what was typed outlives a reload; a clipboard that refuses selects the text', async ({
  page,
  site,
}) => {
  await page.addInitScript(() => {
    const refuse = () => Promise.reject(new DOMException('no', 'NotAllowedError'));
    Object.defineProperty(navigator, 'clipboard', { value: { writeText: refuse } });
  });
  await page.goto(site.url(hopfield));
  await page.locator('[data-report-open]').click();
  await page.getByLabel('What is wrong?').fill('A word is missing.');
  await page.reload();
  await page.locator('[data-report-open]').click();
  await expect(page.getByLabel('What is wrong?')).toHaveValue('A word is missing.');
  await expect(page.getByLabel('The report')).toHaveValue(/^A word is missing\./);
  await page.getByRole('button', { name: 'Copy the report' }).click();
  await expect(page.locator('.report form [role=status]')).toHaveText(
    'The browser refused the clipboard: the report is selected, copy it by hand.',
  );
  expect(await page.evaluate(() => getSelection()!.toString() || document.activeElement!.tagName)).toContain(
    'A word is missing.',
  );
});

test('storage that refuses is said, and nothing is lost from the form', async ({ page, site }) => {
  await page.addInitScript(() => {
    Storage.prototype.setItem = () => {
      throw new DOMException('no', 'QuotaExceededError');
    };
  });
  await page.goto(site.url(hopfield));
  await page.locator('[data-report-open]').click();
  await page.getByLabel('What is wrong?').fill('A word is missing.');
  await expect(page.locator('.report form [role=status]')).toHaveText(
    'This browser keeps nothing for this page: copy the report before you leave it.',
  );
  await expect(page.getByLabel('The report')).toHaveValue(/^A word is missing\./);
});

test('a repository that the build names takes the report as a link, which no blocker stops', async ({
  page,
  site,
}) => {
  await page.goto(site.url(hopfield));
  // What a build with REPOSITORY writes into the page.
  await page.locator('[data-report]').evaluate((place) => {
    (place as HTMLElement).dataset.repository = 'https://example.org/people/papers';
  });
  await page.locator('[data-report-open]').click();
  await page.getByLabel('What is wrong?').fill('A word is missing.');
  const link = page.getByRole('link', { name: 'Open it at example.org' });
  await expect(link).toHaveAttribute('href', /title=Hopfield[^&]*A\+word\+is\+missing\.&body=A\+word/);
  const address = new URL((await link.getAttribute('href'))!);
  expect(address.origin + address.pathname).toBe('https://example.org/people/papers/issues/new');
  expect(address.searchParams.get('body')).toBe(await page.getByLabel('The report').inputValue());
  await expect(link).toHaveAttribute('target', '_blank');
});
