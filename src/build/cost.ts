import { existsSync, readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import type { Recording } from '../protocol.ts';

/** Where the sizes of the bundles wait for the pages that name them; written when the scripts are made. */
export const sizesFile = '.cache/script-sizes.json';

const wasm = 'node_modules/@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm';
let wasmSize: number | undefined;

function scriptSizes(): Record<string, number> {
  return existsSync(sizesFile) ? JSON.parse(readFileSync(sizesFile, 'utf8')) : {};
}

/** "loads the editor, 0.20 MB, once": said at Edit. */
export function editorLine(): string | undefined {
  const { editor } = scriptSizes();
  return editor ? `loads the editor, ${(editor / 1e6).toFixed(2)} MB, once` : undefined;
}

/** Bytes over the wire for a first run: the runner, what draws, the kernel and one backend, the larger of the two. */
export function downloadBytes(): number | null {
  const sizes = scriptSizes();
  if (!sizes.kernel) return null;
  wasmSize ??= gzipSync(readFileSync(wasm)).length;
  const backend = Math.max(sizes.webgpu ?? 0, (sizes.wasm ?? 0) + wasmSize);
  return sizes.kernel + (sizes.notebook ?? 0) + (sizes.draw ?? 0) + backend;
}

const seconds = (milliseconds: number) =>
  milliseconds < 950 ? (milliseconds / 1000).toFixed(1) : Math.round(milliseconds / 1000);

/** "0.26 MB once, then ": what a first run loads, said before it is asked for. */
export function downloadLine(): string {
  const bytes = downloadBytes();
  return bytes === null ? '' : `${(bytes / 1e6).toFixed(2)} MB once, then `;
}

/** "about 4 s, as recorded"; the page puts its own estimate there when a reader comes near Run. */
export const timeLine = (recording: Pick<Recording, 'milliseconds'>): string =>
  `about ${seconds(Math.max(recording.milliseconds, 100))} s, as recorded`;
