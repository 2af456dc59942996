import type { BackendName, Recording, Verdict } from '../../protocol.ts';
import { backendNames, seconds } from './words.ts';

const key = 'backend';
const asName = (text: string | null): BackendName | undefined =>
  text !== null && Object.hasOwn(backendNames, text) ? (text as BackendName) : undefined;

/** The backend that the address asks for, else the one that the reader chose on any page; undefined: the best there is. */
export function wantedBackend(query: URLSearchParams, storage: () => Storage): BackendName | undefined {
  if (query.has(key)) return asName(query.get(key));
  try {
    return asName(storage().getItem(key));
  } catch {
    // A browser may keep nothing for a page from the disk.
    return undefined;
  }
}

/** Keeps a choice for this and other pages; '' is no choice. */
export function keepBackend(name: string, storage: () => Storage): void {
  try {
    if (name) storage().setItem(key, name);
    else storage().removeItem(key);
  } catch {
    // Then it holds for this page alone.
  }
}

/**
 * A sentence where the recorded run on WASM was plainly faster than this one on WebGPU, else ''. Small networks are
 * bound by the number of kernels, and handing one to a GPU costs more than WASM takes to compute it.
 */
export function offerOfWasm(
  { backend }: Verdict,
  milliseconds: number,
  recording: Pick<Recording, 'milliseconds' | 'kernels'>,
): string {
  if (backend !== 'webgpu' || milliseconds < 2000 || milliseconds < 1.5 * recording.milliseconds) return '';
  const kernels = recording.kernels.toLocaleString('en-US');
  return `Its ${kernels} small operations took ${seconds(milliseconds)} here on WebGPU, and ${seconds(recording.milliseconds)} on WASM where the page was recorded.`;
}
