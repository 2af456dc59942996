import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startServer, type TestServer } from '../../server.ts';

const parent = mkdtempSync(join(tmpdir(), 'site-'));
const folder = join(parent, 'dist');
let site: TestServer;

beforeAll(async () => {
  mkdirSync(join(folder, 'papers/ü b'), { recursive: true });
  mkdirSync(join(folder, 'data'));
  writeFileSync(join(parent, 'secret.txt'), 'secret');
  writeFileSync(join(folder, 'index.html'), 'front');
  writeFileSync(join(folder, '404.html'), 'not here');
  writeFileSync(join(folder, 'papers/ü b/index.html'), 'page');
  writeFileSync(join(folder, 'data/x.wasm'), '');
  site = await startServer(folder);
});
afterAll(async () => {
  await site.close();
  rmSync(parent, { recursive: true });
});

/** A path as it is, which `fetch` would tidy first. */
const statusOf = (path: string) =>
  new Promise<number>((done) => {
    request(site.origin, { path }, (response) => {
      response.resume();
      done(response.statusCode!);
    }).end();
  });

describe('the test server', () => {
  test('serves under a path with a space and ü', async () => {
    expect(site.base).toMatch(/\/w%20p-%C3%BC\/[0-9a-f]{4}\/$/);
    const response = await fetch(site.base);
    expect([await response.text(), response.headers.get('content-type')]).toEqual([
      'front',
      'text/html; charset=utf-8',
    ]);
    expect(await (await fetch(`${site.base}papers/ü b/?q=1#x`)).text()).toBe('page');
    expect((await fetch(`${site.base}data/x.wasm`)).headers.get('content-type')).toBe('application/wasm');
  });

  test('a folder without its slash is redirected, with its query', async () => {
    const response = await fetch(`${site.base}papers/ü b?q=1`, { redirect: 'manual' });
    expect(response.status).toBe(301);
    expect(response.headers.get('location')).toMatch(/papers\/%C3%BC%20b\/\?q=1$/);
  });

  test('what is not there is 404, recorded, with the site’s own page; folders are not listed', async () => {
    const before = site.missing.length;
    const response = await fetch(`${site.base}nothing.js`);
    expect([response.status, await response.text()]).toEqual([404, 'not here']);
    expect((await fetch(`${site.base}data/`)).status).toBe(404);
    expect((await fetch(`${site.origin}/favicon.ico`)).status).toBe(404);
    expect(site.missing.slice(before).map((path) => path.split('/').at(-1))).toEqual([
      'nothing.js',
      '',
      'favicon.ico',
    ]);
  });

  test('nothing outside the folder is served', async () => {
    const prefix = new URL(site.base).pathname;
    expect(await statusOf(`${prefix}index.html`)).toBe(200);
    for (const path of ['../secret.txt', '..%2fsecret.txt', 'papers/../../secret.txt', '%E0%A4%A', 'x%00']) {
      expect(await statusOf(prefix + path)).toBe(404);
    }
  });
});
