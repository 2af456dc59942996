/**
 * Filter gradients of convolutions, which WASM lacks. The full one is itself a convolution: with batch and channels
 * exchanged, the input is the picture, the upstream gradient the filter, and the stride becomes dilation. WASM's
 * forward kernel does that at full speed (XNNPACK). The depthwise one is a loop over the heap.
 */
import * as tf from '../tf.ts';
import { type Kernel, kernel } from './register-kernels.ts';
import { Views } from './wasm-views.ts';

type Info = tf.backend_util.Conv2DInfo;

/** Registers both. */
export function registerFilterGradients(): void {
  kernel('Conv2DBackpropFilter', 'wasm', filterGradient);
  kernel('DepthwiseConv2dNativeBackpropFilter', 'wasm', depthwiseFilterGradient);
}

const filterGradient: Kernel = ({ inputs, backend, attrs }) => {
  const { x, dy } = inputs;
  const { strides, pad, dimRoundingMode, filterShape } = attrs;
  const c = tf.backend_util.computeConv2DInfo(x.shape, filterShape, strides, 1, pad, dimRoundingMode);
  const views = new Views(backend);
  const { seen, border } = seenPart(views, x, c);
  const picture = views.run('Transpose', { x: seen }, { perm: [3, 1, 2, 0] });
  const filter = views.run('Transpose', { x: dy }, { perm: [1, 2, 0, 3] });
  const given = { strides: [1, 1], dilations: [c.strideHeight, c.strideWidth], dataFormat: 'NHWC' };
  const grads = views.run('Conv2D', { x: picture, filter }, { ...given, pad: [[0, 0], ...border, [0, 0]] });
  const out = views.keep(views.run('Transpose', { x: grads }, { perm: [1, 2, 0, 3] }));
  views.dispose();
  return out;
};

/** The input without the rows and columns that no window reaches, and the padding around it. */
function seenPart(views: Views, x: tf.TensorInfo, c: Info) {
  const after = (out: number, stride: number, filter: number, length: number, before: number) =>
    (out - 1) * stride + filter - length - before;
  const bottom = after(c.outHeight, c.strideHeight, c.filterHeight, c.inHeight, c.padInfo.top);
  const right = after(c.outWidth, c.strideWidth, c.filterWidth, c.inWidth, c.padInfo.left);
  const border = [
    [c.padInfo.top, Math.max(0, bottom)],
    [c.padInfo.left, Math.max(0, right)],
  ];
  if (bottom >= 0 && right >= 0) return { seen: x, border };
  const size = [c.batchSize, c.inHeight + Math.min(0, bottom), c.inWidth + Math.min(0, right), c.inChannels];
  return { seen: views.run('Slice', { x }, { begin: [0, 0, 0, 0], size }), border };
}

const depthwiseFilterGradient: Kernel = ({ inputs, backend, attrs }) => {
  const { x, dy } = inputs;
  const { strides, dilations, pad, dimRoundingMode, filterShape } = attrs;
  const c = tf.backend_util.computeConv2DInfo(
    x.shape,
    filterShape,
    strides,
    dilations,
    pad,
    dimRoundingMode,
    true,
  );
  const views = new Views(backend);
  const out = views.empty(filterShape);
  const heap = [x, dy, out].map((t) => views.backend.typedArrayFromHeap(t));
  heap[2].fill(0);
  for (let i = 0; i < c.filterHeight; i++)
    for (let j = 0; j < c.filterWidth; j++) addTap(heap, c, i, j, filterShape[3]);
  return out;
};

/** Adds what filter tap (i, j) saw, times the upstream gradient there. */
function addTap([x, dy, to]: Float32Array[], c: Info, i: number, j: number, multiplier: number): void {
  const tap = (i * c.filterWidth + j) * c.inChannels * multiplier;
  for (let line = 0; line < c.batchSize * c.outHeight; line++) {
    const row = (line % c.outHeight) * c.strideHeight - c.padInfo.top + i * c.dilationHeight;
    if (row < 0 || row >= c.inHeight) continue;
    const base = (Math.floor(line / c.outHeight) * c.inHeight + row) * c.inWidth;
    for (let out = 0; out < c.outWidth; out++) {
      const column = out * c.strideWidth - c.padInfo.left + j * c.dilationWidth;
      if (column < 0 || column >= c.inWidth) continue;
      const from = (base + column) * c.inChannels;
      const up = (line * c.outWidth + out) * c.inChannels * multiplier;
      for (let k = 0; k < c.inChannels * multiplier; k++)
        to[tap + k] += x[from + Math.floor(k / multiplier)] * dy[up + k];
    }
  }
}
