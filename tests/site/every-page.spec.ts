import type { Page } from 'playwright/test';
import { axeViolations } from './axe.ts';
import { distFolder, pagesOf } from './dist.ts';
import { expect, test } from './fixture.ts';

const pages = pagesOf(distFolder());

interface Look {
  colorScheme: 'light' | 'dark';
  width: number;
  rules: 'every' | 'what a width or a theme changes';
}

/**
 * Contrast is what a theme changes and a width does not: it is looked at once a theme; and only what may scroll, and
 * how far apart things to press stand, at a phone's width. `npm run test:all` looks at everything everywhere.
 */
const looks: Look[] = process.env.ALL
  ? (['light', 'dark'] as const).flatMap((colorScheme) =>
      [1280, 390].map((width): Look => ({ colorScheme, width, rules: 'every' })),
    )
  : [
      { colorScheme: 'light', width: 1280, rules: 'every' },
      { colorScheme: 'dark', width: 390, rules: 'what a width or a theme changes' },
    ];

const optionsOf: Record<Look['rules'], object> = {
  every: {},
  'what a width or a theme changes': {
    runOnly: ['scrollable-region-focusable', 'target-size', 'color-contrast'],
  },
};

/**
 * What repeats itself on a page, and what is not drawn at its width: three quarters of its elements and of axe's
 * time. Left out but in `npm run test:all`: lines of code after the nineteenth, letters of formulas, the second
 * drawing of each figure.
 */
const repeated = 'pre .line:nth-child(n + 20), .katex-html > *';
const leaveOut = (page: Page) =>
  page.evaluate((selector) => {
    for (const element of document.querySelectorAll(selector)) element.remove();
    for (const drawn of document.querySelectorAll('.drawn'))
      if (!drawn.checkVisibility()) drawn.replaceChildren();
  }, repeated);

/** What is outside of the window is not laid out: what lies beside what cannot be told of it before. */
const layOut = (page: Page) =>
  page.evaluate(() => {
    for (const part of document.querySelectorAll<HTMLElement>('.cell, .prose > *, .checks > li'))
      part.style.contentVisibility = 'visible';
  });

async function mustBeClean(page: Page, url: string, { colorScheme, width, rules }: Look): Promise<void> {
  const light = await page.evaluate(() => matchMedia('(prefers-color-scheme: light)').matches);
  const before = page.viewportSize();
  await page.setViewportSize({ width, height: 900 });
  await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
  // Opened anew under its colours: letters that inherit `light-dark()` keep the old ones for a while when the system
  // changes. And at its width: the drawings that the last look left out are those that show now.
  const looked = page.url() === url && before?.width === width && light === (colorScheme === 'light');
  if (!looked) await page.goto(url);
  await page.evaluate(() => document.fonts.ready);
  if (!process.env.ALL) await leaveOut(page);
  if (rules !== 'every') await layOut(page);
  const found = await axeViolations(page, optionsOf[rules]);
  expect(found.join('\n'), `axe, ${colorScheme}, ${width} px`).toBe('');
}

test('there are pages', () => {
  expect(pages.length).toBeGreaterThan(0);
});

for (const path of pages) {
  test(`opens: ${path || 'front page'}`, { tag: '@paper' }, async ({ page, site }) => {
    for (const look of looks) await mustBeClean(page, site.url(path), look);
    await expect(page).toHaveTitle(/\S/);
  });
}
