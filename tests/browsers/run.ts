/**
 * `npm run test:browsers`: the built site in Firefox and WebKit, as Debian packages them; beside `npm test`, which
 * drives Chromium. Words after `--` choose browsers and tests: `npm run test:browsers -- firefox disk`.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { startServer } from '../server.ts';
import { distFolder } from '../site/dist.ts';
import { type Maker, makers, unavailable } from './find.ts';
import { suite, type Test } from './suite.ts';
import type { Browser } from './tab.ts';

const pictures = 'test-results/browsers';
const asked = process.argv.slice(2).map((word) => word.toLowerCase());
const isAsked = (name: string) => asked.some((word) => name.toLowerCase().includes(word));
const chosen = <T extends { name: string }>(all: T[]): T[] => {
  const named = all.filter(({ name }) => isAsked(name));
  return named.length ? named : all;
};

const tally = { passed: 0, failed: 0 };

async function attempt(test: Test, browser: Browser, maker: Maker, base: string): Promise<void> {
  const began = performance.now();
  const took = () => `${((performance.now() - began) / 1000).toFixed(1)} s`;
  try {
    const words = await test.run({ browser, maker, base });
    console.log(`  ✓ ${test.name} (${took()})${words ? `: ${words}` : ''}`);
    tally.passed += 1;
  } catch (error) {
    console.log(
      `  ✗ ${test.name} (${took()})\n    ${String((error as Error).message).replaceAll('\n', '\n    ')}`,
    );
    const errors = browser.faults();
    if (errors.length) console.log(`    the console said: ${errors.slice(0, 3).join('\n    ')}`);
    tally.failed += 1;
    await keepPicture(browser, `${maker.name}, ${test.name}`);
  }
}

async function keepPicture(browser: Browser, name: string): Promise<void> {
  mkdirSync(pictures, { recursive: true });
  const picture = await browser.picture().catch(() => undefined);
  if (picture) writeFileSync(`${pictures}/${name}.png`, picture);
}

async function inBrowser(maker: Maker, base: string): Promise<void> {
  const lacking = unavailable(maker);
  if (lacking) return console.log(`\n${maker.name}: NOT TESTED, ${lacking}`);
  const browser = await maker.open();
  console.log(`\n${browser.name}`);
  try {
    for (const test of chosen(suite)) await attempt(test, browser, maker, base);
  } finally {
    await browser.close();
  }
}

const server = await startServer(distFolder());
for (const maker of chosen(makers)) {
  await inBrowser(maker, server.base).catch((error) => {
    console.log(`  ✗ ${maker.name} could not be driven: ${(error as Error).message}`);
    tally.failed += 1;
  });
}
await server.close();
console.log(`\n${tally.passed} passed, ${tally.failed} failed`);
process.exit(tally.failed > 0 || tally.passed === 0 ? 1 : 0);
