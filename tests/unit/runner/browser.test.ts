import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { findBrowser, installedBrowser, launchOptions, variable } from '../../../src/tools/browser.ts';

const folder = mkdtempSync(join(tmpdir(), 'browser-'));
const browser = join(folder, 'my-chromium');
writeFileSync(browser, '#!/bin/sh\n');
chmodSync(browser, 0o755);

afterEach(() => vi.unstubAllEnvs());
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));

describe('finding a browser', () => {
  test('the variable comes first, and is said', async () => {
    vi.stubEnv(variable, browser);
    const said = vi.spyOn(console, 'log').mockImplementation(() => {});
    expect(await findBrowser()).toBe(browser);
    expect(said).toHaveBeenCalledWith(`Browser: ${browser}`);
    said.mockRestore();
  });

  test('a variable that names nothing is an error, not a reason to look elsewhere', () => {
    vi.stubEnv(variable, join(folder, 'no-such-browser'));
    expect(() => installedBrowser()).toThrow(/no-such-browser, which cannot be run/);
  });

  test('WebGPU is asked for only where it is wanted', () => {
    vi.stubEnv(variable, browser);
    expect(launchOptions().args).not.toContain('--enable-unsafe-webgpu');
    expect(launchOptions({ webgpu: true }).args).toContain('--use-webgpu-adapter=swiftshader');
    expect(launchOptions().executablePath).toBe(browser);
  });
});
