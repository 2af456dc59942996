import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { chromium, type LaunchOptions, type Page } from 'playwright';

/** Names a path to Chromium or Chrome; overrides every search. */
export const variable = 'WORKING_PAPERS_BROWSER';
const names = ['chromium', 'chrome', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const downloadLimit = 180_000;
const isRoot = () => process.getuid?.() === 0;

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function onPath(name: string): string | undefined {
  const folders = (process.env.PATH ?? '').split(delimiter);
  return folders.map((folder) => join(folder, name)).find(isExecutable);
}

const macs = [
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];
const firstOf = <T>(found: (T | undefined)[]) => found.find((item) => item !== undefined);

/** A browser that is there already: the override, Playwright's own, or an installed one. */
export function installedBrowser(): string | undefined {
  const named = process.env[variable];
  if (named && !isExecutable(named))
    throw new Error(`${variable} is ${named}, which cannot be run. Name a Chromium or Chrome, or unset it.`);
  if (named) return named;
  const own = chromium.executablePath();
  return existsSync(own) ? own : firstOf([...names.map(onPath), ...macs.filter(isExecutable)]);
}

function attempt(words: string, command: string, args: string[], timeout: number): boolean {
  console.log(`No browser found; trying ${words}: ${command} ${args.join(' ')}`);
  const { status, error } = spawnSync(command, args, { stdio: 'inherit', timeout });
  if (status !== 0) console.log(`That did not work (${error?.message ?? `exit ${status}`}).`);
  return status === 0;
}

function download(): void {
  const cli = join(import.meta.dirname, '../../node_modules/playwright/cli.js');
  attempt("Playwright's download", process.execPath, [cli, 'install', 'chromium'], downloadLimit);
}

function installFromSystem(): void {
  if (!isRoot() || !onPath('apt-get')) return;
  if (!attempt('the package manager', 'apt-get', ['update'], downloadLimit)) return;
  attempt(
    'the package manager',
    'apt-get',
    ['install', '-y', 'chromium', 'chromium-headless-shell'],
    10 * downloadLimit,
  );
}

/** A browser for the tests; installs one where there is none. Says what it did; undefined when nothing worked. */
export async function findBrowser(): Promise<string | undefined> {
  for (const install of [() => {}, download, installFromSystem]) {
    install();
    const found = installedBrowser();
    if (found) {
      console.log(`Browser: ${found}`);
      return found;
    }
  }
  console.log(
    `No browser, and none could be installed. Install Chromium or Chrome, or set ${variable} to the path of one.`,
  );
  return undefined;
}

const quiet = [
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
];
const software = ['--enable-unsafe-webgpu', '--use-webgpu-adapter=swiftshader'];

/** The browser without a window system, where the package manager brought it: half the time to start, no WebGPU. */
const shell = () => (process.env[variable] ? undefined : onPath('chromium-headless-shell'));

/** How tests start a browser; with `webgpu`, on the software adapter, which every machine has. */
export function launchOptions({ webgpu = false } = {}): LaunchOptions {
  const args = [...(isRoot() ? ['--no-sandbox'] : []), ...quiet, ...(webgpu ? software : ['--disable-gpu'])];
  const executablePath = (webgpu ? undefined : shell()) ?? installedBrowser();
  return { executablePath, headless: true, args };
}

/**
 * Waits, a few seconds at most, until a paper's page stands still: a press meant for a button would miss it,
 * and a picture of a part show another.
 */
export const stands = (page: Page) =>
  page
    .waitForFunction(
      () => !document.querySelector('main.paper') || document.documentElement.hasAttribute('data-stands'),
      undefined,
      { timeout: 3_000 },
    )
    .catch(() => undefined);
