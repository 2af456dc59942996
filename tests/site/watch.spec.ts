import { expect, test as plain } from 'playwright/test';
import { startServer } from '../server.ts';
import { axeViolations } from './axe.ts';
import { fixtureFolder } from './dist.ts';
import { type Watch, watch } from './watch.ts';

/** The watch itself, on a page that does on purpose what it watches for. */
const test = plain.extend<{ watched: Watch }>({
  watched: async ({ page }, use) => {
    const server = await startServer(fixtureFolder('faulty-site'));
    const watched = await watch(page, server);
    await page.goto(server.base);
    await use(watched);
    await server.close();
  },
});

test('a CSP violation is seen', async ({ watched }) => {
  await expect.poll(() => watched.faults().join()).toContain('CSP violation: style-src-elem refused inline');
});

for (const [button, fault] of [
  ['console', 'console error: said on purpose'],
  ['throw', 'page error: Error: thrown on purpose'],
  ['foreign', 'request to another host: http://127.0.0.1:9/pixel.png'],
  ['missing', '/no-such-picture.png'],
]) {
  test(`seen: ${button}`, async ({ page, watched }) => {
    expect(watched.faults().join()).not.toContain(fault);
    await page.locator(`#${button}`).click();
    await expect.poll(() => watched.faults().join()).toContain(fault);
    watched.allow(/./);
    expect(watched.faults()).toEqual([]);
  });
}

test('axe runs under a policy and says what it found', async ({ page, watched }) => {
  expect((await axeViolations(page)).join('\n')).toMatch(/image-alt: .*\n {2}img/);
  expect(await axeViolations(page, { runOnly: ['html-has-lang'] })).toEqual([]);
  watched.allow(/./);
});
