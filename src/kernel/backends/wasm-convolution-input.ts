/**
 * Input gradients of convolutions for WASM. The gradient is itself a convolution, of the upstream gradient spread by
 * the stride, with the filter turned round: WASM's forward kernels do that at full speed (XNNPACK), where its own
 * kernel for the gradient is a plain loop and the depthwise one is missing.
 */
import * as tf from '../tf.ts';
import { type Kernel, kernel } from './register-kernels.ts';
import { Views } from './wasm-views.ts';

type Info = tf.backend_util.Conv2DInfo;
type Border = [number, number];

/** Registers both input gradients over what is there, which stays for the rare cases that this way does not cover. */
export function registerInputGradients(): void {
  for (const name of ['Conv2DBackpropInput', 'DepthwiseConv2dNativeBackpropInput']) {
    const before = tf.getKernel(name, 'wasm')?.kernelFunc as unknown as Kernel;
    kernel(name, 'wasm', inputGradient(before, name.startsWith('Depthwise')));
  }
}

function inputGradient(before: Kernel, depthwise: boolean): Kernel {
  return (given) => {
    const { inputs, backend, attrs } = given;
    const { dy, filter } = inputs;
    const { strides, dilations = 1, pad, dimRoundingMode, inputShape } = attrs;
    const c = tf.backend_util.computeConv2DInfo(
      inputShape,
      filter.shape,
      strides,
      dilations,
      pad,
      dimRoundingMode,
      depthwise,
    );
    const border = borders(c);
    if (border.flat().some((n) => n < 0) || (depthwise && filter.shape[3] !== 1)) return before(given);
    const views = new Views(backend);
    const x = c.strideHeight * c.strideWidth === 1 ? dy : views.adopt(spread(views, dy, c));
    const turned = turnedRound(views, filter, depthwise);
    const same = { strides: [1, 1], dilations: [c.dilationHeight, c.dilationWidth], dataFormat: 'NHWC' };
    const name = depthwise ? 'DepthwiseConv2dNative' : 'Conv2D';
    const out = views.keep(
      views.run(name, { x, filter: turned }, { ...same, pad: [[0, 0], ...border, [0, 0]] }),
    );
    views.dispose();
    return out;
  };
}

/** The padding that makes the turned convolution as large as the input. */
function borders(c: Info): [Border, Border] {
  const one = (out: number, stride: number, reach: number, before: number, length: number): Border => {
    const first = reach - before;
    return [first, length + reach - first - ((out - 1) * stride + 1)];
  };
  return [
    one(c.outHeight, c.strideHeight, c.dilationHeight * (c.filterHeight - 1), c.padInfo.top, c.inHeight),
    one(c.outWidth, c.strideWidth, c.dilationWidth * (c.filterWidth - 1), c.padInfo.left, c.inWidth),
  ];
}

/** Both picture axes reversed; for a full convolution inputs and outputs exchanged as well. */
function turnedRound(views: Views, filter: tf.TensorInfo, depthwise: boolean): tf.TensorInfo {
  const reversed = views.run('Reverse', { x: filter }, { dims: [0, 1] });
  return depthwise ? reversed : views.turned(reversed);
}

/** The upstream gradient with stride - 1 zeros between its rows and columns. */
function spread(views: Views, dy: tf.TensorInfo, c: Info): tf.TensorInfo {
  const [height, width] = [(c.outHeight - 1) * c.strideHeight + 1, (c.outWidth - 1) * c.strideWidth + 1];
  const out = views.empty([c.batchSize, height, width, c.outChannels]);
  const to = views.backend.typedArrayFromHeap(out).fill(0);
  const from = views.backend.typedArrayFromHeap(dy);
  let at = 0;
  for (let row = 0; row < c.batchSize * c.outHeight; row++) {
    const line = Math.floor(row / c.outHeight) * height + (row % c.outHeight) * c.strideHeight;
    for (let column = 0; column < c.outWidth; column++, at += c.outChannels)
      to.set(from.subarray(at, at + c.outChannels), (line * width + column * c.strideWidth) * c.outChannels);
  }
  return out;
}
