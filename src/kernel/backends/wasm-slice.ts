/**
 * Slices for WASM. The shipped kernel copies its whole source out of the heap before it takes its part, so that
 * reading the parameters of a model out of one vector costs the vector once for each of them.
 */
import * as tf from '../tf.ts';
import { type Kernel, kernel } from './register-kernels.ts';

/** Registers slices and splits that copy what they take and nothing else. Strings, which have no heap, stay as shipped. */
export function registerSlices(): void {
  const shipped = (name: string) => tf.getKernel(name, 'wasm')?.kernelFunc as unknown as Kernel;
  const [slice, split] = [shipped('Slice'), shipped('SplitV')];
  kernel('Slice', 'wasm', (given) => {
    const { inputs, backend, attrs } = given;
    if (inputs.x.dtype === 'string') return slice(given);
    const [begin, size] = tf.slice_util.parseSliceParams(inputs.x, attrs.begin, attrs.size);
    return part(backend, inputs.x, begin, size);
  });
  kernel('SplitV', 'wasm', (given) => {
    const { inputs, backend, attrs } = given;
    const { x } = inputs;
    if (x.dtype === 'string') return split(given);
    const [axis] = tf.util.parseAxisParam(attrs.axis, x.shape);
    const sizes = tf.backend_util.prepareSplitSize(x, attrs.numOrSizeSplits, axis);
    const along = (value: number, elsewhere: (n: number) => number) =>
      x.shape.map((n: number, k: number) => (k === axis ? value : elsewhere(n)));
    let from = 0;
    return sizes.map((length) => {
      const begin = along(from, () => 0);
      from += length;
      return part(
        backend,
        x,
        begin,
        along(length, (n) => n),
      );
    });
  });
}

/** The part of `x` of that size from `begin` on, copied in the longest runs that lie together in memory. */
function part(backend: any, x: tf.TensorInfo, begin: number[], size: number[]): tf.TensorInfo {
  const out = backend.makeOutput(size, x.dtype);
  const total = tf.util.sizeFromShape(size);
  if (total === 0) return out;
  const [to, from] = [backend.typedArrayFromHeap(out), backend.typedArrayFromHeap(x)];
  const strides = [...tf.util.computeStrides(x.shape), 1];
  // Axes from `inner` on are one run: all of them but the first are taken whole.
  let inner = Math.max(0, size.length - 1);
  while (inner > 0 && size[inner] === x.shape[inner]) inner--;
  const run = tf.util.sizeFromShape(size.slice(inner));
  const at = begin.slice(0, inner);
  let start = begin.reduce((sum, b, k) => sum + b * strides[k], 0);
  for (let done = 0; done < total; done += run) {
    if (run === 1) to[done] = from[start];
    else to.set(from.subarray(start, start + run), done);
    for (let axis = inner - 1; axis >= 0; axis--) {
      start += strides[axis];
      if (++at[axis] < begin[axis] + size[axis]) break;
      start -= size[axis] * strides[axis];
      at[axis] = begin[axis];
    }
  }
  return out;
}
