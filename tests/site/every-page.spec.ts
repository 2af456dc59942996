import { axeViolations } from './axe.ts';
import { distFolder, pagesOf } from './dist.ts';
import { expect, test } from './fixture.ts';

const pages = pagesOf(distFolder());
const widths = [1280, 390];

test('there are pages', () => {
  expect(pages.length).toBeGreaterThan(0);
});

for (const path of pages) {
  test(`opens: ${path || 'front page'}`, async ({ page, site }) => {
    await page.goto(site.url(path));
    await expect(page).toHaveTitle(/\S/);
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      for (const width of widths) {
        await page.setViewportSize({ width, height: 900 });
        // Only contrast depends on the theme; everything else has been looked at in light.
        const found = await axeViolations(page, colorScheme === 'dark' ? ['color-contrast'] : undefined);
        expect(found.join('\n'), `axe, ${colorScheme}, ${width} px`).toBe('');
      }
    }
  });
}
