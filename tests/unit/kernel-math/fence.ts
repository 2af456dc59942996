/** Fences around every tensor of the WASM heap: a kernel that writes outside its output is found when it is freed. */
import * as tf from '../../../src/kernel/tf.ts';

const WIDTH = 32;
const MARK = 0xab;

/** Puts up the fences; gives back a function that tells how many tensors were found trampled since its last call. */
export function fence(): () => number {
  const { wasm } = tf.findBackend('wasm') as unknown as {
    wasm: { _malloc(n: number): number; _free(p: number): void; HEAPU8: Uint8Array };
  };
  // Emscripten puts the real functions in place at their first call.
  wasm._free(wasm._malloc(8));
  const { _malloc, _free } = wasm;
  const sizes = new Map<number, number>();
  let trampled = 0;
  wasm._malloc = (n) => {
    const at = (_malloc.call(wasm, n + 2 * WIDTH) >>> 0) + WIDTH;
    sizes.set(at, n);
    wasm.HEAPU8.fill(MARK, at - WIDTH, at).fill(MARK, at + n, at + n + WIDTH);
    return at;
  };
  wasm._free = (at) => {
    const n = sizes.get(at >>> 0);
    if (n === undefined) return _free.call(wasm, at);
    const fences = [wasm.HEAPU8.subarray(at - WIDTH, at), wasm.HEAPU8.subarray(at + n, at + n + WIDTH)];
    if (!fences.every((f) => f.every((byte) => byte === MARK))) trampled++;
    sizes.delete(at);
    _free.call(wasm, at - WIDTH);
  };
  return () => {
    const found = trampled;
    trampled = 0;
    return found;
  };
}
