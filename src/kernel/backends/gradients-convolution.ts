/** Gradients of convolutions that tfjs refuses: with dilation, and the second derivatives. */
import * as tf from '../tf.ts';
import { type Attributes, type Gradients, gradient } from './register-kernels.ts';

/** Registers the gradients of conv2d with dilation, of its filter gradient, and of the average pool's gradient. */
export function registerConvolutionGradients(): void {
  registerConv2D();
  gradient('Conv2DBackpropFilter', ['x', 'dy'], (up, [x, dy], { strides, pad, dimRoundingMode }) => ({
    x: () => backpropInput(x.shape, dy, up, { strides, pad, dimRoundingMode }),
    dy: () => tf.conv2d(x as tf.Tensor4D, up as tf.Tensor4D, strides, pad, 'NHWC', 1, dimRoundingMode),
  }));
  registerAvgPool();
}

/** tfjs divides by the whole window where the forward pass divides by its part inside the picture. */
function registerAvgPool(): void {
  gradient('AvgPool', ['x'], (dy, [x], { filterSize, strides, pad, dimRoundingMode }) => ({
    x: () => {
      const input = tf.mul(dy, windowOverInside(x, filterSize, strides, pad, dimRoundingMode));
      return tf.engine().runKernel('AvgPoolGrad', { dy: input, input: x }, { filterSize, strides, pad });
    },
  }));
  gradient('AvgPoolGrad', ['dy', 'input'], (up, [, input], { filterSize, strides, pad }) => ({
    dy: () =>
      tf.div(
        tf.avgPool(up as tf.Tensor4D, filterSize, strides, pad),
        windowOverInside(input, filterSize, strides, pad),
      ),
    input: () => tf.zeros(input.shape),
  }));
}

/** [1, outHeight, outWidth, 1]: size of the window over the size of its part inside the picture. */
function windowOverInside(x: tf.Tensor, ...[size, strides, pad, rounding]: any[]): tf.Tensor {
  const c = tf.backend_util.computePool2DInfo(
    x.shape as [number, number, number, number],
    size,
    strides,
    1,
    pad,
    rounding,
  );
  const inside = (out: number, stride: number, before: number, window: number, length: number) =>
    Array.from(
      { length: out },
      (_, k) => Math.min(length, k * stride - before + window) - Math.max(0, k * stride - before),
    );
  const rows = inside(c.outHeight, c.strideHeight, c.padInfo.top, c.filterHeight, c.inHeight);
  const columns = inside(c.outWidth, c.strideWidth, c.padInfo.left, c.filterWidth, c.inWidth);
  const ratios = rows.flatMap((r) => columns.map((k) => (c.filterHeight * c.filterWidth) / (r * k)));
  return tf.tensor4d(ratios, [1, c.outHeight, c.outWidth, 1]);
}

function registerConv2D(): void {
  gradient('Conv2D', ['x', 'filter'], (dy, [x, filter], attrs) =>
    tf.backend_util.tupleValuesAreOne(attrs.dilations)
      ? plain(dy, x, filter, attrs)
      : dilated(dy, x, filter, attrs),
  );
}

function plain(dy: tf.Tensor, x: tf.Tensor, filter: tf.Tensor, attrs: Attributes): Gradients {
  return {
    x: () => backpropInput(x.shape, dy, filter, attrs),
    filter: () => backpropFilter(x, dy, filter.shape, attrs),
  };
}

function backpropInput(inputShape: number[], dy: tf.Tensor, filter: tf.Tensor, attrs: Attributes): tf.Tensor {
  const { strides, pad, dimRoundingMode, dataFormat = 'NHWC' } = attrs;
  const given = { strides, pad, dimRoundingMode, dataFormat, inputShape };
  return tf.engine().runKernel('Conv2DBackpropInput', { dy, filter }, given);
}

function backpropFilter(x: tf.Tensor, dy: tf.Tensor, filterShape: number[], attrs: Attributes): tf.Tensor {
  const { strides, pad, dimRoundingMode, dataFormat = 'NHWC' } = attrs;
  const given = { strides, pad, dimRoundingMode, dataFormat, filterShape };
  return tf.engine().runKernel('Conv2DBackpropFilter', { x, dy }, given);
}

/** Tap by tap, as products: each filter position sees one shifted window of the padded input. */
function dilated(dy: tf.Tensor, x: tf.Tensor, filter: tf.Tensor, attrs: Attributes): Gradients {
  const { dilations, strides, pad, dimRoundingMode } = attrs;
  const c = tf.backend_util.computeConv2DInfo(
    x.shape as [number, number, number, number],
    filter.shape as [number, number, number, number],
    strides,
    dilations,
    pad,
    dimRoundingMode,
  );
  const taps = Array.from({ length: c.filterHeight * c.filterWidth }, (_, k) => {
    const [i, j] = [Math.floor(k / c.filterWidth), k % c.filterWidth];
    return { i, j, top: i * c.dilationHeight, left: j * c.dilationWidth };
  });
  return { x: () => inputGradient(dy, filter, c, taps), filter: () => filterGradient(dy, x, c, taps) };
}

type Info = tf.backend_util.Conv2DInfo;
interface Tap {
  i: number;
  j: number;
  top: number;
  left: number;
}

function filterGradient(dy: tf.Tensor, x: tf.Tensor, c: Info, taps: Tap[]): tf.Tensor {
  const { top, bottom, left, right } = c.padInfo;
  const padded = tf.pad(x, [
    [0, 0],
    [top, bottom],
    [left, right],
    [0, 0],
  ]);
  const grads = tf.reshape(dy, [-1, c.outChannels]);
  const parts = taps.map((tap) => {
    const seen = tf.slice(
      padded,
      [0, tap.top, tap.left, 0],
      [c.batchSize, c.outHeight, c.outWidth, c.inChannels],
    );
    return tf.matMul(tf.reshape(seen, [-1, c.inChannels]), grads, true, false);
  });
  return tf.reshape(tf.stack(parts), [c.filterHeight, c.filterWidth, c.inChannels, c.outChannels]);
}

function inputGradient(dy: tf.Tensor, filter: tf.Tensor, c: Info, taps: Tap[]): tf.Tensor {
  const height = c.inHeight + c.padInfo.top + c.padInfo.bottom;
  const width = c.inWidth + c.padInfo.left + c.padInfo.right;
  const grads = tf.reshape(dy, [-1, c.outChannels]);
  const parts = taps.map(({ i, j, top, left }) => {
    const weights = tf.reshape(tf.slice(filter, [i, j, 0, 0], [1, 1, -1, -1]), [c.inChannels, c.outChannels]);
    const part = tf.reshape(tf.matMul(grads, weights, false, true), [
      c.batchSize,
      c.outHeight,
      c.outWidth,
      c.inChannels,
    ]);
    return tf.pad(part, [
      [0, 0],
      [top, height - c.outHeight - top],
      [left, width - c.outWidth - left],
      [0, 0],
    ]);
  });
  const begin = [0, c.padInfo.top, c.padInfo.left, 0];
  return tf.slice(tf.addN(parts), begin, [c.batchSize, c.inHeight, c.inWidth, c.inChannels]);
}
