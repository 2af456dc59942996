import { existsSync, readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import type { Recording } from '../protocol.ts';

/** Where the sizes of the bundles wait for the pages that name them; written when the scripts are made. */
export const sizesFile = '.cache/script-sizes.json';

const wasm = 'node_modules/@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm';
let wasmSize: number | undefined;

/** Bytes over the wire for a first run: the runner, the kernel and one backend, the larger of the two. */
export function downloadBytes(): number | null {
  if (!existsSync(sizesFile)) return null;
  const sizes: Record<string, number> = JSON.parse(readFileSync(sizesFile, 'utf8'));
  if (!sizes.kernel) return null;
  wasmSize ??= gzipSync(readFileSync(wasm)).length;
  const backend = Math.max(sizes.webgpu ?? 0, (sizes.wasm ?? 0) + wasmSize);
  return sizes.kernel + (sizes.notebook ?? 0) + backend;
}

const seconds = (milliseconds: number) =>
  milliseconds < 950 ? (milliseconds / 1000).toFixed(1) : Math.round(milliseconds / 1000);

/** "0.26 MB once, then about 0.4 s, as recorded": what a run costs, said before it is asked for. */
export function costLine(recording: Recording): string {
  const bytes = downloadBytes();
  const download = bytes === null ? '' : `${(bytes / 1e6).toFixed(2)} MB once, then `;
  const took = Math.max(recording.milliseconds, 100);
  return `${download}about ${seconds(took)} s, as recorded`;
}
