import type { Page } from 'playwright/test';
import { axeViolations } from './axe.ts';
import { expect, test } from './fixture.ts';
import { notebookOf } from './notebook.ts';

/** A notebook without a mouse, without colours of its own, twice as large, without motion, and heard. */

const hopfield = 'papers/hopfield/';

interface Stop {
  what: string;
  name: string;
  inNotebook: boolean;
  seen: boolean;
}

/** What has the focus: its name, and whether a reader sees that it has it. */
const focused = (page: Page): Promise<Stop | null> =>
  page.evaluate(() => {
    const element = document.activeElement as HTMLElement | null;
    if (!element || element === document.body) return null;
    const label = element.getAttribute('aria-label') ?? element.closest('label')?.innerText ?? '';
    const style = getComputedStyle(element);
    const near = element.closest<HTMLElement>('label, summary, .cm-editor') ?? element;
    const outlined = [style, getComputedStyle(near)].some(
      ({ outlineStyle, outlineWidth, boxShadow }) =>
        (outlineStyle !== 'none' && outlineWidth !== '0px') || boxShadow !== 'none',
    );
    return {
      what: `${element.localName}.${element.className}`,
      name: (label || element.innerText || element.title || element.getAttribute('value') || '').trim(),
      inNotebook: element.closest('.notebook') !== null,
      seen: outlined,
    };
  });

test('the whole notebook is walked by Tab: every stop has a name and shows its focus, and none is a trap', async ({
  page,
  site,
}) => {
  await page.goto(site.url(hopfield));
  const expected = await page.locator('.notebook').evaluate((section) => {
    const all = section.querySelectorAll<HTMLElement>('button, select, input, a[href]');
    return [...all].filter((e) => e.checkVisibility() && e.tabIndex >= 0 && !e.matches(':disabled')).length;
  });
  await page.locator('.notebook').evaluate((section) => {
    section.setAttribute('tabindex', '-1');
    section.focus();
  });
  const stops: Stop[] = [];
  for (let i = 0; i < 400; i++) {
    await page.keyboard.press('Tab');
    const stop = await focused(page);
    if (!stop?.inNotebook) break;
    stops.push(stop);
  }
  console.log(`${stops.length} stops in the notebook, ${expected} buttons, controls and links`);
  expect(stops.length).toBeGreaterThanOrEqual(expected);
  expect(stops.length).toBeLessThan(400);
  expect(stops.filter(({ name }) => name === '').map(({ what }) => what)).toEqual([]);
  expect(stops.filter(({ seen }) => !seen).map(({ what, name }) => `${what} ${name}`)).toEqual([]);
});

test('by keyboard alone: Run, a slider, Break it, Mend it', async ({ page, site }) => {
  await page.goto(site.url(hopfield));
  const notebook = notebookOf(page);
  await page.locator('.tools [data-run]').focus();
  await page.keyboard.press('Enter');
  await notebook.ended('done');
  await notebook.forget();
  await page.locator('[data-cell="digits"] input[data-key="beta"]').focus();
  await page.keyboard.press('Home');
  await notebook.ended('done');
  await expect(page.locator('.checks .check.fails')).toHaveCount(1);
  await notebook.forget();
  await page.locator('.checks button[data-breaks]').first().focus();
  await page.keyboard.press('Space');
  await notebook.ended('done');
  await notebook.forget();
  await expect(page.locator('.checks button[data-breaks]').first()).toHaveText('Mend it');
  await page.locator('.broken-note [data-mend]').focus();
  await page.keyboard.press('Enter');
  await notebook.ended('done');
  // Rows were drawn anew under it: the focus is not thrown to the top of the page.
  expect(await focused(page)).not.toBeNull();
});

test('what runs is said politely, formulas as MathML, figures in a sentence, checks in words', async ({
  page,
  site,
}) => {
  await page.goto(site.url(hopfield));
  const polite = page.locator('[aria-live="polite"], [role="status"]');
  await notebookOf(page).run();
  await notebookOf(page).ended('done');
  const said = (await polite.allTextContents()).join(' ');
  expect(said).toMatch(/Live on WASM.*checks hold/s);
  const found = await page.evaluate(() => {
    const formulas = [...document.querySelectorAll('.katex')];
    const figures = [...document.querySelectorAll('.slot figure')];
    return {
      formulas: formulas.length,
      heard: formulas.filter(
        (f) => f.querySelector('math')?.textContent && f.querySelector('.katex-html[aria-hidden="true"]'),
      ).length,
      figures: figures.length,
      told: figures.filter(
        (f) =>
          f.matches('.is-text') ||
          f.querySelector('.described')?.textContent ||
          f.querySelector('[role=img]')?.getAttribute('aria-label'),
      ).length,
      checks: [...document.querySelectorAll('.checks .verdict')].map((v) => v.textContent?.trim()),
    };
  });
  expect(found.formulas).toBeGreaterThan(10);
  expect(found.heard).toBe(found.formulas);
  expect(found.told).toBe(found.figures);
  expect(found.checks.every((word) => word === 'holds')).toBe(true);
});

test('twice as large (a window of 640 px), before and after a run: nothing sticks out', async ({
  page,
  site,
}) => {
  await page.setViewportSize({ width: 640, height: 450 });
  await page.goto(site.url(hopfield));
  await notebookOf(page).run();
  await notebookOf(page).ended('done');
  expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
  // Letters alone twice as large, as a browser's own setting makes them.
  await page.setViewportSize({ width: 1280, height: 900 });
  await page.evaluate(() => {
    document.documentElement.style.fontSize = '200%';
  });
  expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
});

test('in forced colours marks, bounds and lines are there, and axe finds nothing', async ({ page, site }) => {
  await page.emulateMedia({ forcedColors: 'active' });
  await page.goto(site.url(hopfield));
  await notebookOf(page).run();
  await notebookOf(page).ended('done');
  const invisible = await page.evaluate(() => {
    const ground = getComputedStyle(document.body).backgroundColor;
    const marks = [
      ...document.querySelectorAll<SVGElement>(
        '.slot svg.plot [stroke], .check .verdict path, .check svg line, .check svg circle',
      ),
    ];
    return marks
      .filter((mark) => mark.checkVisibility())
      .filter((mark) => {
        const { stroke, fill } = getComputedStyle(mark);
        const none = (colour: string) =>
          colour === 'none' || colour === ground || colour === 'rgba(0, 0, 0, 0)';
        return none(stroke) && none(fill) && mark.children.length === 0 && mark.localName !== 'text';
      })
      .map(
        (mark) =>
          `${mark.localName}.${mark.getAttribute('class')} in ${mark.closest('[data-output], .check')?.id}`,
      );
  });
  expect(invisible.slice(0, 5)).toEqual([]);
  const button = await page.locator('.tools [data-run]').evaluate((e) => {
    const { borderStyle, borderWidth, outlineStyle } = getComputedStyle(e);
    return { borderStyle, borderWidth, outlineStyle };
  });
  expect(button.borderStyle !== 'none' && button.borderWidth !== '0px').toBe(true);
  expect(
    await axeViolations(page, {
      runOnly: ['wcag2a', 'wcag2aa'],
      rules: { 'color-contrast': { enabled: false } },
    }),
  ).toEqual([]);
});

test('whoever wants no motion gets none', async ({ page, site }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await page.goto(site.url(hopfield));
  const moving = () =>
    page.evaluate(() =>
      document.getAnimations().flatMap((animation) => {
        const { duration } = animation.effect!.getComputedTiming();
        return Number(duration) > 1 ? [(animation as CSSAnimation).animationName ?? 'a transition'] : [];
      }),
    );
  expect(await moving()).toEqual([]);
  await notebookOf(page).run();
  await page.waitForTimeout(200);
  expect(await moving()).toEqual([]);
  await notebookOf(page).ended('done');
  await page.locator('[data-theme-button]').click();
  expect(await moving()).toEqual([]);
});
