import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { assetFiles } from '../../src/build/assets.ts';
import { notebookScript } from '../../src/build/notebooks.ts';
import { script } from '../../src/build/scripts.ts';

const scripts = ['kernel.js', 'wasm.js', 'webgpu.js'];

/** A folder with what a kernel loads, made by what makes the site: no page is drawn for it. `remove()` takes it away. */
export async function kernelSite(slugs: string[]): Promise<{ folder: string; remove(): Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'working-papers-parity-'));
  const write = async (name: string, content: string | Buffer) => {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), content);
  };
  await write('index.html', '<!doctype html><title>Two kernels</title>');
  for (const name of scripts) await write(`_site/${name}`, (await script(name))!);
  const binaries = Object.entries(await assetFiles()).filter(([name]) => name.endsWith('.wasm'));
  for (const [name, make] of binaries) await write(`_site/${name}`, await make());
  for (const slug of slugs) await write(`_site/papers/${slug}.js`, await notebookScript(slug));
  await symlink(resolve('public/data'), join(folder, 'data'));
  return { folder, remove: () => rm(folder, { recursive: true }) };
}
