import '@tensorflow/tfjs';
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { createData } from '../../../src/lab/data.ts';
import { assets, folder } from './assets.ts';

const sources = readFileSync(join(folder, 'data/SOURCES.md'), 'utf8');
const listed = [...sources.matchAll(/^\| `(\S+)` \| (\d+) \| `(\w{64})` \|$/gm)].map(
  ([, name, bytes, sum]) => ({ name, bytes, sum }),
);

describe('public/data', () => {
  test('every file is in SOURCES.md, weights too', () => {
    const there = readdirSync(join(folder, 'data')).filter((name) => name !== 'SOURCES.md');
    expect(listed.map(({ name }) => name).sort()).toEqual(there.sort());
  });

  test.each(listed)('$name has its checksum', ({ name, bytes, sum }) => {
    const content = readFileSync(join(folder, 'data', name));
    expect(content.length).toBe(Number(bytes));
    expect(createHash('sha256').update(content).digest('hex')).toBe(sum);
  });

  test('a small notebook loads a small file', () => {
    const size = (name: string) =>
      Number(listed.find((file) => file.name === `${name}.safetensors.gz`)!.bytes);
    expect(size('mnist-8')).toBeLessThan(200_000);
    expect(size('mnist-28')).toBeLessThan(1_000_000);
  });
});

describe('the reader', () => {
  test('takes a file that the host has already unzipped', async () => {
    const unzipped = async (name: string) =>
      new Uint8Array(gunzipSync(Buffer.from(await assets(name)))).buffer;
    expect((await createData(unzipped).karate()).names.length).toBe(34);
  });

  test('reads each file once, and again after a failure', async () => {
    const asked: string[] = [];
    const data = createData((name) => {
      asked.push(name);
      return asked.length === 1 ? Promise.reject(new Error('no connection')) : assets(name);
    });
    await expect(data.karate()).rejects.toThrow('no connection');
    await Promise.all([data.karate(), data.karate()]);
    expect(asked).toEqual(Array(2).fill('data/karate.safetensors.gz'));
  });
});
