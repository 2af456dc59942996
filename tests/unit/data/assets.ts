import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';

export const folder = resolve(import.meta.dirname, '../../../public');

/** The site's own files, as the kernel would hand them out. */
export async function assets(name: string): Promise<ArrayBuffer> {
  return new Uint8Array(await readFile(resolve(folder, name))).buffer;
}
