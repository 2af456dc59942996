/** The WASM backend made complete and fast. */
import * as tf from '../tf.ts';
import { bridge } from './wasm-bridge.ts';
import { registerFilterGradients } from './wasm-convolution.ts';
import { registerInputGradients } from './wasm-convolution-input.ts';
import { correctKernels } from './wasm-corrections.ts';
import { registerHeapKernels } from './wasm-heap.ts';
import { registerMoves } from './wasm-moves.ts';
import { guardPads } from './wasm-pads.ts';
import { speedUpProducts } from './wasm-products.ts';
import { registerSlices } from './wasm-slice.ts';

let completed: unknown;

/**
 * Fills WASM's gaps from the CPU backend and replaces what is wrong or slow. Initialises both backends, leaves the
 * current one current, and does its work once for each WASM backend.
 */
export async function completeWasm(): Promise<void> {
  const current = tf.getBackend();
  for (const name of ['cpu', 'wasm'])
    if (!(await tf.setBackend(name)))
      throw new Error(`The ${name} backend could not be initialised: WASM needs it to be completed.`);
  const wasm = tf.findBackend('wasm');
  if (completed !== wasm) {
    speedUpProducts();
    bridge();
    registerFilterGradients();
    registerInputGradients();
    registerHeapKernels();
    registerSlices();
    registerMoves();
    correctKernels();
    guardPads();
    completed = wasm;
  }
  await tf.setBackend(current);
}
