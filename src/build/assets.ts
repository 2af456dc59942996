import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';

const wasmFolder = 'node_modules/@tensorflow/tfjs-backend-wasm/dist';
const wasmFiles = ['tfjs-backend-wasm-simd.wasm', 'tfjs-backend-wasm.wasm'];

/** Binary files of the site by name: what cells read, as data/<file>, and the WASM binaries of tfjs. */
async function sources(): Promise<Record<string, string>> {
  const data = (await readdir('public/data').catch(() => [])).filter((file) => !file.endsWith('.md'));
  return Object.fromEntries([
    ...data.map((file) => [`data/${file}`, path.join('public/data', file)]),
    ...wasmFiles.map((file) => [file, path.join(wasmFolder, file)]),
  ]);
}

/** A binary file as a classic script, for pages opened from the disk, where fetch is refused. */
const twin = (name: string, bytes: Buffer): string =>
  `(self.siteAsset??={})[${JSON.stringify(name)}]=${JSON.stringify(bytes.toString('base64'))}`;

/** Files under /_site/: the WASM binaries as they are, and the `.js` twin of every binary under assets/. */
export async function assetFiles(): Promise<Record<string, () => Promise<Buffer | string>>> {
  const files: Record<string, () => Promise<Buffer | string>> = {};
  for (const [name, source] of Object.entries(await sources())) {
    if (wasmFiles.includes(name)) files[name] = () => readFile(source);
    files[`assets/${name}.js`] = async () => twin(name, await readFile(source));
  }
  return files;
}
