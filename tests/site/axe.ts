import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright/test';

interface Violation {
  id: string;
  help: string;
  nodes: { target: unknown[]; failureSummary?: string }[];
}
const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const shown = 3;

function inWords({ id, help, nodes }: Violation): string {
  const places = nodes
    .slice(0, shown)
    .map(
      ({ target, failureSummary }) =>
        `  ${target.join(' ')}\n    ${failureSummary?.replaceAll('\n', '\n    ')}`,
    );
  const more = nodes.length > shown ? [`  and ${nodes.length - shown} more`] : [];
  return [`${id}: ${help}`, ...places, ...more].join('\n');
}

/** What axe finds on the page as it stands, in words; `options` are those of `axe.run`. */
export async function axeViolations(page: Page, options: object = {}): Promise<string[]> {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(source);
  const violations = await page.evaluate(
    (asked) => (window as any).axe.run(document, asked).then((found: any) => found.violations),
    options,
  );
  return (violations as Violation[]).map(inWords);
}
