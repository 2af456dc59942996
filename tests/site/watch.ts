import type { Page } from 'playwright/test';
import type { TestServer } from '../server.ts';

/** Everything that must not happen while a page is open, in words; empty when all is well. */
export interface Watch {
  faults(): string[];
  /** Faults that match are expected by this test. */
  allow(pattern: RegExp): void;
}

const violation = 'CSP violation: ';

/** Runs in the page, before its own scripts. */
function reportViolations(prefix: string) {
  document.addEventListener('securitypolicyviolation', (event) => {
    console.error(
      `${prefix}${event.effectiveDirective} refused ${event.blockedURI} (${event.sourceFile}:${event.lineNumber})`,
    );
  });
}

const isOwn = (url: string, origin: string) =>
  new URL(url).origin === origin || /^(blob|data|about):/.test(url);

/** Watches a page and all it opens from now on: console errors, page errors, requests to others, CSP violations, 404s. */
export async function watch(page: Page, server: TestServer): Promise<Watch> {
  const found: string[] = [];
  const allowed: RegExp[] = [];
  const answeredBefore = server.missing.length;
  const context = page.context();
  context.on('console', (message) => {
    if (message.type() === 'error')
      found.push(`console error: ${message.text()} (${message.location().url})`);
  });
  context.on('weberror', (error) =>
    found.push(`page error: ${error.error().stack ?? error.error().message}`),
  );
  context.on('request', (request) => {
    if (!isOwn(request.url(), server.origin)) found.push(`request to another host: ${request.url()}`);
  });
  await context.addInitScript(reportViolations, violation);
  const missing = () => server.missing.slice(answeredBefore).map((path) => `404: ${decodeURI(path)}`);
  return {
    faults: () => [...found, ...missing()].filter((fault) => !allowed.some((pattern) => pattern.test(fault))),
    allow: (pattern) => void allowed.push(pattern),
  };
}
