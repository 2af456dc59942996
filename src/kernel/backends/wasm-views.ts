/** Windows into tensors of the WASM heap, without a copy, for kernels that are built of other kernels. */
import * as tf from '../tf.ts';

/** What this needs of the WASM backend of tfjs 4.22, part of which it keeps to itself. */
export interface WasmBackend {
  dataIdMap: {
    get(id: object): { id: number; memoryOffset: number };
    delete(id: object): boolean;
  };
  dataIdNextNumber: number;
  wasm: {
    HEAPU8: Uint8Array;
    _malloc(bytes: number): number;
    cwrap(name: string, result: null, types: 'number'[]): (...numbers: number[]) => void;
    tfjs: { registerTensor(id: number, size: number, at: number): void; disposeData(id: number): void };
  };
  makeOutput(shape: number[], dtype: string, memoryOffset?: number): tf.TensorInfo;
  typedArrayFromHeap(t: tf.TensorInfo): Float32Array;
  disposeData(id: object): boolean;
}

/** Makes views and intermediate tensors, and gives all of them back at `dispose`. */
export class Views {
  readonly backend: WasmBackend;
  #windows: tf.TensorInfo[] = [];
  #made: tf.TensorInfo[] = [];

  constructor(backend: WasmBackend) {
    this.backend = backend;
  }

  /** `shape` of the floats of `t` from element `start` on, in the same memory. */
  part(t: tf.TensorInfo, start: number, shape: number[]): tf.TensorInfo {
    const { memoryOffset } = this.backend.dataIdMap.get(t.dataId);
    const view = this.backend.makeOutput(shape, 'float32', memoryOffset + 4 * start);
    this.#windows.push(view);
    return view;
  }

  /** A tensor for the caller to fill and keep. */
  empty(shape: number[]): tf.TensorInfo {
    return this.backend.makeOutput(shape, 'float32');
  }

  /** Copies `part` into `whole` from element `start` on, and disposes it. */
  place(part: tf.TensorInfo, whole: tf.TensorInfo, start: number): void {
    this.backend.typedArrayFromHeap(whole).set(this.backend.typedArrayFromHeap(part), start);
    this.backend.disposeData(part.dataId);
  }

  /** Runs a kernel of the backend by name; its output lives until `dispose`, unless it is given to `keep`. */
  run(name: string, inputs: object, attrs: object = {}): tf.TensorInfo {
    const found = tf.getKernel(name, 'wasm');
    if (!found) throw new Error(`The WASM backend has no kernel '${name}'.`);
    const out = found.kernelFunc({ inputs, backend: this.backend, attrs } as any) as tf.TensorInfo;
    this.#made.push(out);
    return out;
  }

  /** With the last two axes exchanged. */
  turned(t: tf.TensorInfo): tf.TensorInfo {
    const perm = t.shape.map((_, k) => k);
    perm.push(...perm.splice(-2).reverse());
    return this.run('Transpose', { x: t }, { perm });
  }

  /** Gives a tensor made elsewhere to `dispose` as well. */
  adopt(t: tf.TensorInfo): tf.TensorInfo {
    this.#made.push(t);
    return t;
  }

  /** Takes a tensor made by `run` out of what `dispose` gives back. */
  keep(out: tf.TensorInfo): tf.TensorInfo {
    this.#made = this.#made.filter((t) => t !== out);
    return out;
  }

  /** Views go without freeing memory that is not theirs. */
  dispose(): void {
    for (const { dataId } of this.#windows) {
      this.backend.wasm.tfjs.disposeData(this.backend.dataIdMap.get(dataId).id);
      this.backend.dataIdMap.delete(dataId);
    }
    for (const { dataId } of this.#made) this.backend.disposeData(dataId);
    this.#windows = [];
    this.#made = [];
  }
}
