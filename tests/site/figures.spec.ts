import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { decode } from 'fast-png';
import type { Page } from 'playwright/test';
import type { Recording } from '../../src/protocol.ts';
import { csvOf } from '../../src/render/csv.ts';
import { describe } from '../../src/render/describe.ts';
import { axeViolations } from './axe.ts';
import { distFolder } from './dist.ts';
import { expect, test } from './fixture.ts';
import { notebookOf } from './notebook.ts';

const hopfield = 'papers/hopfield/';
const recording: Recording = JSON.parse(readFileSync('content/papers/hopfield/recorded.json', 'utf8'));
const outputOf = (id: string) => recording.shown.find((shown) => shown.id === id)!.output;
const titleOf = (id: string) => (outputOf(id) as { title: string }).title;

/** A plot of lines, and a figure of pictures. */
const LINES = 'recall';
const PICTURES = 'digits';

const figureOf = (page: Page, id: string) => page.locator(`#figure-${id}`);
const buttonOf = (page: Page, id: string) => figureOf(page, id).locator('.take-figure');
const menuOf = (page: Page) => page.locator('.take-menu:popover-open');

async function saved(page: Page, kind: string): Promise<{ name: string; bytes: Buffer }> {
  const download = page.waitForEvent('download');
  await menuOf(page).locator(`[data-do=save][data-kind=${kind}]`).click();
  const file = await download;
  return { name: file.suggestedFilename(), bytes: readFileSync((await file.path())!) };
}

test('the tools of figures weigh at most 20 kB and come with the first use', async ({ page, site }) => {
  expect(gzipSync(readFileSync(join(distFolder(), '_site/figures.js'))).length).toBeLessThan(20_000);
  const asked: string[] = [];
  page.on('request', (request) => asked.push(request.url()));
  await page.goto(site.url(hopfield));
  await expect(buttonOf(page, LINES)).toBeAttached();
  expect(asked.filter((url) => /figures\.js|papers\/hopfield\.js/.test(url))).toEqual([]);
  await buttonOf(page, LINES).click();
  await expect(menuOf(page)).toBeVisible();
  expect(asked.filter((url) => url.includes('figures.js'))).toHaveLength(1);
});

test('without script there is no button that does nothing', () => {
  const html = readFileSync(join(distFolder(), hopfield, 'index.html'), 'utf8');
  expect(html).toContain('class="figure"');
  expect(html).not.toMatch(/take-figure|class="walker"/);
});

test('every recorded figure has its sentence, once, where a screen reader reads', async ({ page, site }) => {
  for (const width of [1280, 390]) {
    await page.setViewportSize({ width, height: 800 });
    await page.goto(site.url(hopfield));
    for (const { id, output } of recording.shown) {
      const read = figureOf(page, id).locator('.described').filter({ visible: true });
      await expect(read).toHaveText([describe(output)]);
    }
  }
});

test('a plot is saved as SVG that stands alone, PNG at twice its size, CSV of its data', async ({
  page,
  site,
}) => {
  await page.emulateMedia({ colorScheme: 'dark' });
  await page.goto(site.url(hopfield));
  const ground = () =>
    figureOf(page, LINES)
      .locator('.plot:visible')
      .evaluate((plot) => getComputedStyle(plot).color);
  const before = await ground();
  await buttonOf(page, LINES).click();
  const svg = await saved(page, 'svg');
  expect(svg.name).toBe(`hopfield-${LINES}.svg`);
  const text = svg.bytes.toString();
  expect(text).not.toMatch(/var\(|color-mix|oklab|light-dark|class=/);
  expect(text).toContain('fill="#ffffff"');
  // The page is dark, the file is not.
  expect(text).toContain('rgb(28, 29, 32)');
  expect(text).toContain('rgb(36, 71, 200)');
  expect(text).toContain(`<title>${titleOf(LINES)}</title>`);
  expect(text).toContain('this paper');
  expect(await ground()).toBe(before);
  // Another page than ours draws it as it is.
  const alone = await page.context().newPage();
  await alone.setContent(text);
  const box = await alone.locator('svg').first().boundingBox();
  expect(box!.width).toBeGreaterThan(300);
  expect(await alone.locator('svg svg').count()).toBeGreaterThan(0);
  await alone.close();

  const png = await saved(page, 'png');
  const { width, height, data, channels } = decode(png.bytes);
  const [w, h] = [/ width="(\d+)"/, / height="(\d+)"/].map((size) => Number(size.exec(text)![1]));
  expect([width, height]).toEqual([2 * w, 2 * h]);
  expect(inked(data, channels)).toBeGreaterThan(2000);
  expect((await saved(page, 'csv')).bytes.toString()).toBe(csvOf(outputOf(LINES)));
});

/** Pixels that are not the ground. */
function inked(data: ArrayLike<number>, channels: number): number {
  let count = 0;
  for (let i = 0; i < data.length; i += channels) if (data[i] + data[i + 1] + data[i + 2] < 600) count += 1;
  return count;
}

test('pictures are saved with their labels and pixels', async ({ page, site }) => {
  await page.goto(site.url(hopfield));
  await buttonOf(page, PICTURES).click();
  const svg = (await saved(page, 'svg')).bytes.toString();
  const output = outputOf(PICTURES) as { rows: { label: string }[] };
  expect(svg.match(/<image /g)).toHaveLength(output.rows.length);
  for (const { label } of output.rows) expect(svg).toContain(label.split(' ')[0]);
  const { data, channels, height } = decode((await saved(page, 'png')).bytes);
  // The strips lie in the middle of the drawing's height.
  const middle = data.slice(Math.floor(data.length * 0.4), Math.floor(data.length * 0.6));
  expect(height).toBeGreaterThan(300);
  expect(inked(middle, channels)).toBeGreaterThan(1000);
});

test('by keyboard alone at 390 px in the dark: the menu opens, copies, and gives the focus back', async ({
  page,
  site,
}) => {
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.emulateMedia({ colorScheme: 'dark' });
  await page.setViewportSize({ width: 390, height: 800 });
  await page.goto(site.url(hopfield));
  await figureOf(page, LINES).locator('.walker').focus();
  await page.keyboard.press('Tab');
  const button = buttonOf(page, LINES);
  await expect(button).toBeFocused();
  await expect(button).toHaveAccessibleName(`Take this figure: ${titleOf(LINES)}`);
  await page.keyboard.press('Enter');
  await expect(menuOf(page).getByRole('button', { name: 'Copy SVG' })).toBeFocused();
  const box = (await menuOf(page).boundingBox())!;
  expect(box.x).toBeGreaterThanOrEqual(0);
  expect(box.x + box.width).toBeLessThanOrEqual(390);
  expect(
    await axeViolations(page, { runOnly: ['color-contrast', 'target-size', 'aria-allowed-attr'] }),
  ).toEqual([]);
  const copied = () => page.evaluate(() => navigator.clipboard.readText());
  await page.keyboard.press('Enter');
  await expect(menuOf(page).getByRole('status')).toHaveText('Copied.');
  expect(await copied()).toMatch(/^<svg [^>]*xmlns="http/);
  await menuOf(page).getByRole('button', { name: 'Copy its data, CSV' }).focus();
  await page.keyboard.press('Enter');
  await expect.poll(copied).toContain('mark,value,at,label,stored');
  await menuOf(page).getByRole('button', { name: 'Copy its sentence' }).focus();
  await page.keyboard.press('Enter');
  await expect.poll(copied).toBe(describe(outputOf(LINES)));
  await menuOf(page).getByRole('button', { name: 'Copy PNG' }).focus();
  await page.keyboard.press('Enter');
  await expect
    .poll(() => page.evaluate(async () => (await navigator.clipboard.read())[0]?.types))
    .toContain('image/png');
  await page.keyboard.press('Escape');
  await expect(menuOf(page)).toHaveCount(0);
  await expect(button).toBeFocused();
});

test('a clipboard that refuses is said in one sentence, and the files remain', async ({ page, site }) => {
  await page.addInitScript(() => {
    const refuse = () => Promise.reject(new DOMException('no', 'NotAllowedError'));
    Object.defineProperty(navigator, 'clipboard', { value: { writeText: refuse, write: refuse } });
  });
  await page.goto(site.url(hopfield));
  await buttonOf(page, LINES).click();
  for (const kind of ['svg', 'png', 'csv']) {
    await menuOf(page).locator(`[data-do=copy][data-kind=${kind}]`).click();
    await expect(menuOf(page).getByRole('status')).toHaveText(
      'The browser refused the clipboard: save the file instead.',
    );
    await saved(page, kind);
    await expect(menuOf(page).getByRole('status')).toContainText(/^Saved as/);
  }
});

/** The centre of the mark of a walk, and of every dot of the figure, on screen. */
const centres = (page: Page, id: string) =>
  page.evaluate((id) => {
    const centre = (element: Element) => {
      const box = element.getBoundingClientRect();
      return [box.x + box.width / 2, box.y + box.height / 2];
    };
    const figure = document.querySelector(`#figure-${id}`)!;
    const dots = [...figure.querySelectorAll('.plot circle:not([data-walk-mark])')];
    return {
      mark: [...figure.querySelectorAll('[data-walk-mark]')].map(centre),
      dots: dots.filter((dot) => dot.checkVisibility()).map(centre),
    };
  }, id);

async function markIsOnADot(page: Page, id: string): Promise<void> {
  const { mark, dots } = await centres(page, id);
  expect(mark).toHaveLength(1);
  const distances = dots.map(([x, y]) => Math.hypot(x - mark[0][0], y - mark[0][1]));
  expect(Math.min(...distances)).toBeLessThan(1.5);
}

for (const width of [1280, 390]) {
  test(`arrow keys walk the points of a figure, recorded and live: ${width} px`, async ({ page, site }) => {
    await page.setViewportSize({ width, height: 800 });
    await page.goto(site.url(hopfield));
    const figure = figureOf(page, LINES);
    const readout = figure.locator('.readout');
    await expect(figure.locator('.walker')).toHaveAccessibleName(
      `Points of “${titleOf(LINES)}”: arrow keys walk them`,
    );
    await figure.locator('.walker').focus();
    await page.keyboard.press('ArrowRight');
    await expect(readout).toHaveText(/sign rule: .* 4, .* 1 of 7$/);
    await expect(readout).toHaveAttribute('aria-live', 'polite');
    await markIsOnADot(page, LINES);
    await page.keyboard.press('ArrowRight');
    await expect(readout).toHaveText(/ 2 of 7$/);
    await markIsOnADot(page, LINES);
    await page.keyboard.press('ArrowDown');
    await expect(readout).toHaveText(/^this paper: .* 2 of 7$/);
    await page.keyboard.press('End');
    await expect(readout).toHaveText(/ 7 of 7$/);
    await page.keyboard.press('ArrowRight');
    await expect(readout).toHaveText(/ 7 of 7$/);
    await markIsOnADot(page, LINES);
    const box = (await readout.boundingBox())!;
    expect(box.x).toBeGreaterThanOrEqual(0);
    expect(box.x + box.width).toBeLessThanOrEqual(width);
    await page.keyboard.press('Escape');
    await expect(readout).toBeHidden();
    await expect(figure.locator('[data-walk-mark]')).toHaveCount(0);

    await notebookOf(page).run();
    await notebookOf(page).ended('done');
    await figure.locator('.walker').focus();
    await page.keyboard.press('End');
    await expect(readout).toHaveText(/ 1 of 7$/);
    await page.keyboard.press('End');
    await expect(readout).toHaveText(/ 7 of 7$/);
    await markIsOnADot(page, LINES);
    await page.keyboard.press('Tab');
    await expect(readout).toBeHidden();
  });
}

test('a press on a drawing tells the nearest point; pictures are walked one by one', async ({
  page,
  site,
}) => {
  await page.goto(site.url(hopfield));
  const plot = figureOf(page, LINES).locator('.plot:visible');
  const place = await plot.evaluate((svg) => {
    const [own, dot] = [svg, svg.querySelectorAll('circle')[2]].map((e) => e.getBoundingClientRect());
    return { x: dot.x - own.x + 7, y: dot.y - own.y + 5 };
  });
  await plot.click({ position: place });
  await expect(figureOf(page, LINES).locator('.readout')).toContainText('3 of 7');
  const pictures = figureOf(page, PICTURES);
  await pictures.locator('.walker').focus();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  await expect(pictures.locator('.readout')).toContainText(/^the cue.*picture 2.*mean .* 2 of 6$/);
  await page.keyboard.press('ArrowDown');
  await expect(pictures.locator('.readout')).toContainText(/^one update.*picture 2/);
  await expect(figureOf(page, LINES).locator('.readout')).toBeHidden();
});

test('a figure is shown as a table with its sentence, which follows the next run', async ({ page, site }) => {
  await page.goto(site.url(hopfield));
  const figure = figureOf(page, LINES);
  await buttonOf(page, LINES).click();
  await menuOf(page).getByRole('button', { name: 'Show it as a table' }).click();
  const table = figure.locator('.figure-table');
  await expect(table.locator('.scroll')).toBeFocused();
  await expect(table.locator('p').first()).toHaveText(describe(outputOf(LINES)));
  await expect(table.locator('thead th')).toHaveText([/patterns stored/, 'sign rule', 'this paper']);
  await expect(table.locator('tbody tr')).toHaveCount(7);
  expect(await axeViolations(page, { runOnly: ['scrollable-region-focusable', 'color-contrast'] })).toEqual(
    [],
  );
  await buttonOf(page, LINES).click();
  await menuOf(page).getByRole('button', { name: 'Hide the table' }).click();
  await expect(table).toHaveCount(0);

  await buttonOf(page, PICTURES).click();
  await menuOf(page).getByRole('button', { name: 'Show it as a table' }).click();
  const means = figureOf(page, PICTURES).locator('.figure-table tbody');
  const before = (await means.textContent())!;
  const notebook = notebookOf(page);
  await notebook.run();
  await notebook.ended('done');
  await page.locator('input[data-key=beta]').fill('20');
  await expect(means).not.toHaveText(before);
});
