import lighthouse from 'lighthouse';
import desktop from 'lighthouse/core/config/desktop-config.js';
import { chromium } from 'playwright';
import { launchOptions } from '../../src/tools/browser.ts';
import { startServer } from '../server.ts';
import { distFolder } from '../site/dist.ts';
import type { Bar } from './row.ts';

const asked: Record<string, number> = {
  accessibility: 100,
  'best-practices': 100,
  seo: 100,
  performance: 95,
};
const port = 9333;

async function scores(url: string, config?: object): Promise<Record<string, number>> {
  const result = await lighthouse(
    url,
    { port, output: 'json', logLevel: 'error', onlyCategories: Object.keys(asked) },
    config as never,
  );
  const { categories } = result!.lhr;
  for (const audit of Object.values(result!.lhr.audits)) {
    if (audit.score !== null && audit.score < 0.9 && audit.scoreDisplayMode === 'binary')
      console.log(`    ${audit.id}: ${audit.title}`);
  }
  return Object.fromEntries(
    Object.entries(categories).map(([name, { score }]) => [name, Math.round((score ?? 0) * 100)]),
  );
}

/** Lighthouse's four scores for a paper page, both presets. */
export async function lighthouseBars(): Promise<Bar[]> {
  const server = await startServer(distFolder(), { gzip: true });
  const { args = [], executablePath } = launchOptions();
  const browser = await chromium.launch({
    executablePath,
    args: [...args, `--remote-debugging-port=${port}`],
  });
  const url = `${server.base}papers/hopfield/index.html`;
  const bars: Bar[] = [];
  try {
    for (const [preset, config] of [
      ['desktop', desktop],
      ['mobile', undefined],
    ] as const) {
      for (const [name, score] of Object.entries(await scores(url, config))) {
        bars.push({
          what: `${name}, ${preset}`,
          found: String(score),
          asked: `${asked[name]} or more`,
          holds: score >= asked[name],
        });
      }
    }
  } finally {
    await browser.close();
    await server.close();
  }
  return bars;
}
