/**
 * Kernels that only move numbers, for WASM. The shipped ones compute the place of every single number (gather) or go
 * through a slice or a callback for each (unpack, tile): 2 to 300 ns a number, where copying runs takes a fraction of one.
 */
import * as tf from '../tf.ts';
import { type Kernel, kernel } from './register-kernels.ts';

/** Registers gathers, unstacks and tiles that copy in runs. Strings, which have no heap, stay as shipped. */
export function registerMoves(): void {
  for (const [name, moves] of Object.entries({ GatherV2: gather, Unpack: unpack, Tile: tile })) {
    const shipped = tf.getKernel(name, 'wasm')?.kernelFunc as unknown as Kernel;
    kernel(name, 'wasm', (given) =>
      given.inputs.x?.dtype === 'string' || given.inputs.value?.dtype === 'string'
        ? shipped(given)
        : moves(given),
    );
  }
}

type Numbers = Float32Array;

/** Copies a run; below a few dozen numbers a loop is faster than the two windows that `set` needs. */
function copy(to: Numbers, at: number, from: Numbers, start: number, length: number): void {
  if (length < 24) for (let k = 0; k < length; k++) to[at + k] = from[start + k];
  else to.set(from.subarray(start, start + length), at);
}

/**
 * The places along an axis in the order of `indices`, which the `batchDims` leading axes each have of their own. With
 * batch axes the shipped kernel is also wrong: it reads its indices with a wrong stride, beyond their end.
 */
const gather: Kernel = ({ inputs, backend, attrs }) => {
  const { x, indices } = inputs;
  const [axis] = tf.util.parseAxisParam(attrs.axis, x.shape);
  const info = tf.backend_util.segment_util.collectGatherOpShapeInfo(x, indices, axis, attrs.batchDims ?? 0);
  const { batchSize, outerSize, dimSize, sliceSize } = info;
  const outside = backend
    .typedArrayFromHeap(indices)
    .find((place: number) => !(place >= 0 && place < dimSize));
  tf.util.assert(
    outside === undefined,
    () => `GatherV2: the index value ${outside} is not in [0, ${dimSize - 1}]`,
  );
  const out = backend.makeOutput(info.outputShape, x.dtype);
  // Only now: an output may make the heap grow, which takes the windows into it away.
  const [to, from, places] = [out, x, indices].map((t) => backend.typedArrayFromHeap(t));
  const count = places.length / batchSize;
  let at = 0;
  for (let batch = 0; batch < batchSize; batch++)
    for (let outer = 0; outer < outerSize; outer++) {
      const base = (batch * outerSize + outer) * dimSize;
      for (let i = 0; i < count; i++, at += sliceSize)
        copy(to, at, from, (base + places[batch * count + i]) * sliceSize, sliceSize);
    }
  return out;
};

/** One tensor for each place along the axis. */
const unpack: Kernel = ({ inputs, backend, attrs }) => {
  const { value } = inputs;
  const [axis] = tf.util.parseAxisParam(attrs.axis, value.shape);
  const [before, after] = [value.shape.slice(0, axis), value.shape.slice(axis + 1)];
  const [outer, inner] = [before, after].map((shape) => tf.util.sizeFromShape(shape));
  const length = value.shape[axis];
  return Array.from({ length }, (_, place) => {
    // After each output, for the same reason.
    const out = backend.makeOutput([...before, ...after], value.dtype);
    const [to, from] = [backend.typedArrayFromHeap(out), backend.typedArrayFromHeap(value)];
    for (let k = 0; k < outer; k++) copy(to, k * inner, from, (k * length + place) * inner, inner);
    return out;
  });
};

/** The last axis that is repeated, with all behind it, is one run; the axes before it are gone through place by place. */
const tile: Kernel = ({ inputs, backend, attrs }) => {
  const { x } = inputs;
  const reps: number[] = attrs.reps;
  const shape = x.shape.map((n: number, k: number) => n * reps[k]);
  const out = backend.makeOutput(shape, x.dtype);
  const total = tf.util.sizeFromShape(shape);
  if (total === 0) return out;
  const [to, from] = [backend.typedArrayFromHeap(out), backend.typedArrayFromHeap(x)];
  const last = Math.max(
    0,
    reps.findLastIndex((n) => n > 1),
  );
  const run = tf.util.sizeFromShape(x.shape.slice(last));
  const strides = x.shape
    .slice(0, last)
    .map((_: number, k: number) => tf.util.sizeFromShape(x.shape.slice(k + 1)));
  const at = new Array(last).fill(0);
  let start = 0;
  for (let done = 0; done < total; ) {
    if (run === 1) to.fill(from[start], done, done + (reps[last] ?? 1));
    else for (let r = 0; r < (reps[last] ?? 1); r++) copy(to, done + r * run, from, start, run);
    done += run * (reps[last] ?? 1);
    for (let axis = last - 1; axis >= 0; axis--) {
      at[axis] += 1;
      start += strides[axis];
      if (at[axis] % x.shape[axis] === 0) start -= x.shape[axis] * strides[axis];
      if (at[axis] < shape[axis]) break;
      at[axis] = 0;
    }
  }
  return out;
};
