import type { Locator, Page } from 'playwright/test';
import { expect, test } from '../site/fixture.ts';
import { notebookOf, withCells } from '../site/notebook.ts';

/** One output of each kind, and a check that holds and one that fails, from data that never change. */
const cell = `import * as tf from '@tensorflow/tfjs';
import { bound, check, curve, images, ink, Plot, scrub, show } from 'lab';
const rows = [1, 2, 4, 8, 16, 32].map((x) => ({ x, y: Math.log2(x + 1), z: 5 - Math.sqrt(x) / 2 }));
show('plot', Plot.plot({
  title: 'Two lines, their names at their ends',
  x: { type: 'log', label: 'patterns stored' }, y: { label: 'bits' },
  marks: [bound({ y: 4, label: 'theory' }), curve(rows, { x: 'x', y: 'z', ink: ink.baseline, label: 'baseline' }), curve(rows, { x: 'x', y: 'y', label: 'this paper' })],
}));
const grid = tf.linspace(0, 1, 3 * 36).reshape([3, 6, 6]);
show('images', await images({ 'a row of three': grid, 'the paper’s': tf.sub(1, grid) }, { title: 'Small pictures', inks: { 'the paper’s': 'mechanism' } }));
show('field', await images({ signed: grid.mul(2).sub(1) }, { title: 'A field with a sign', palette: 'diverging' }));
show('table', [{ method: 'this paper', accuracy: 0.9321, steps: 250 }, { method: 'baseline', accuracy: 0.871, steps: 1000 }]);
show('text', 'A sentence with **strong** and *soft* words and \`code\`.');
scrub('scrub', [0, 1, 2].map((at) => ({ at, output: Plot.plot({ title: 'Three frames', marks: [curve(rows.slice(0, at + 3), { x: 'x', y: 'y' })] }) })), 'training step');
check('the error stays small', 0.01, { below: 0.1, because: 'theory says so', breaks: { seed: 1 } });
check('the error stays smaller', 0.5, { below: 0.1, because: 'theory says so', breaks: { seed: 1 } });
`;

/**
 * The element alone on its page, its width kept, at a whole pixel: where a page of text puts an output, to a fraction
 * of a pixel, follows every word above it.
 */
const alone = (element: Locator) =>
  element.evaluate(async (node: HTMLElement) => {
    node.style.width = `${Math.round(node.getBoundingClientRect().width)}px`;
    const hidden: HTMLElement[] = [];
    for (let at: HTMLElement = node; at !== document.body; at = at.parentElement!) {
      for (const other of at.parentElement!.children) {
        if (other === at || !(other instanceof HTMLElement) || other.hidden) continue;
        hidden.push(other);
        other.hidden = true;
        other.style.setProperty('display', 'none', 'important');
      }
      at.parentElement!.style.setProperty('padding', '0', 'important');
      at.parentElement!.style.setProperty('margin', '0', 'important');
    }
    (window as any).back = () => {
      for (const other of hidden) {
        other.hidden = false;
        other.style.removeProperty('display');
      }
    };
    await new Promise((drawn) => setTimeout(drawn, 200));
  });
const back = (page: Page) => page.evaluate(() => (window as any).back());

for (const colorScheme of ['light', 'dark'] as const) {
  test(`every kind of output, ${colorScheme}`, async ({ page, site }) => {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await page.setViewportSize({ width: 1360, height: 900 });
    await withCells(page, 'hopfield', { experiment: cell });
    await page.goto(site.url('papers/hopfield/'));
    const notebook = notebookOf(page);
    await notebook.run();
    await notebook.ended('done');
    await page.evaluate(() => document.fonts.ready);
    for (const id of ['plot', 'images', 'field', 'table', 'text', 'scrub']) {
      const slot = notebook.cell('experiment').locator(`[data-output="${id}"]`);
      await alone(slot);
      await expect(slot).toHaveScreenshot(`${id}-${colorScheme}.png`, { maxDiffPixelRatio: 0.02 });
      await back(page);
    }
    for (const id of ['the-error-stays-small', 'the-error-stays-smaller']) {
      const row = page
        .locator(`.checks li:has([data-check="${id}"]), .checks li[data-check="${id}"]`)
        .first();
      await alone(row);
      await expect(row).toHaveScreenshot(`${id}-${colorScheme}.png`, { maxDiffPixelRatio: 0.02 });
      await back(page);
    }
  });
}
