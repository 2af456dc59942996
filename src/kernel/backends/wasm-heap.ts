/** Kernels that are one loop over the WASM heap: where the CPU backend's, bridged, would be slow. */
import * as tf from '../tf.ts';
import { type Kernel, kernel } from './register-kernels.ts';

/** Registers segment sums (the gradient of every `gather`), the gradient of max pooling, and tanh. */
export function registerHeapKernels(): void {
  kernel('UnsortedSegmentSum', 'wasm', segmentSum);
  kernel('MaxPoolGrad', 'wasm', maxPoolGrad);
  kernel('Tanh', 'wasm', tanh);
}

const segmentSum: Kernel = ({ inputs, backend, attrs }) => {
  const { x, segmentIds } = inputs;
  const inner = tf.util.sizeFromShape(x.shape.slice(segmentIds.shape.length));
  const out = backend.makeOutput([attrs.numSegments, ...x.shape.slice(segmentIds.shape.length)], x.dtype);
  const [to, from] = [backend.typedArrayFromHeap(out), backend.typedArrayFromHeap(x)];
  const ids = backend.typedArrayFromHeap(segmentIds);
  to.fill(0);
  for (let i = 0; i < ids.length; i++) {
    if (ids[i] < 0 || ids[i] >= attrs.numSegments) continue;
    for (let j = 0, into = ids[i] * inner, at = i * inner; j < inner; j++) to[into + j] += from[at + j];
  }
  return out;
};

/** The first largest value of each window gets its gradient, as on the CPU. WASM's own starts from 0, not from -∞. */
const maxPoolGrad: Kernel = ({ inputs, backend, attrs }) => {
  const { dy, input } = inputs;
  const { filterSize, strides, pad, dimRoundingMode } = attrs;
  const c = tf.backend_util.computePool2DInfo(input.shape, filterSize, strides, 1, pad, dimRoundingMode);
  const out = backend.makeOutput(input.shape, 'float32');
  const to = backend.typedArrayFromHeap(out).fill(0);
  const [x, grads] = [backend.typedArrayFromHeap(input), backend.typedArrayFromHeap(dy)];
  let at = 0;
  for (let b = 0; b < c.batchSize; b++)
    for (let row = 0; row < c.outHeight; row++)
      for (let column = 0; column < c.outWidth; column++)
        for (const window = windowOf(c, b, row, column); window.channel < c.inChannels; window.channel++)
          to[largestIn(x, c, window)] += grads[at++];
  return out;
};

type Info = tf.backend_util.Conv2DInfo;
interface Window {
  channel: number;
  base: number;
  top: number;
  bottom: number;
  left: number;
  right: number;
}

function windowOf(c: Info, batch: number, row: number, column: number): Window {
  const top = row * c.strideHeight - c.padInfo.top;
  const left = column * c.strideWidth - c.padInfo.left;
  return {
    channel: 0,
    base: batch * c.inHeight * c.inWidth * c.inChannels,
    top: Math.max(0, top),
    bottom: Math.min(c.inHeight, top + c.filterHeight),
    left: Math.max(0, left),
    right: Math.min(c.inWidth, left + c.filterWidth),
  };
}

function largestIn(x: Float32Array, c: Info, w: Window): number {
  let best = -1;
  for (let i = w.top; i < w.bottom; i++)
    for (let j = w.left; j < w.right; j++) {
      const k = w.base + (i * c.inWidth + j) * c.inChannels + w.channel;
      if (best < 0 || x[k] > x[best]) best = k;
    }
  return best;
}

/** Beyond this, 1 is the nearest float. */
const SATURATED = 9;

/**
 * tanh x as x P(x²)/Q(x²): the shipped kernel takes three times as long. The coefficients are a least-squares fit on
 * [0, 9], reweighted until its largest relative error, 2e-8, was level.
 */
const tanh: Kernel = ({ inputs, backend }) => {
  const out = backend.makeOutput(inputs.x.shape, 'float32');
  const [to, from] = [backend.typedArrayFromHeap(out), backend.typedArrayFromHeap(inputs.x)];
  for (let k = 0; k < to.length; k++) {
    const x = Math.min(SATURATED, Math.max(-SATURATED, from[k]));
    const s = x * x;
    const top =
      0.999999979575 +
      s * (0.133810332143 + s * (0.00349559673185 + s * (2.06092105117e-5 + s * 1.33548163619e-8)));
    const bottom =
      1 + s * (0.467143488423 + s * (0.025877015904 + s * (0.000328564829163 + s * 7.77662639846e-7)));
    to[k] = (x * top) / bottom;
  }
  return out;
};
