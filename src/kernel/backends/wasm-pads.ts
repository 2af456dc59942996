/**
 * tfjs sizes the output of a convolution or pooling with a *number* for pad as if window, stride and dilation were
 * square. Where they are not, WASM's kernel writes past that output and corrupts the heap: refused with a sentence.
 */
import * as tf from '../tf.ts';
import { type Kernel, kernel } from './register-kernels.ts';

const CONVOLUTIONS = ['Conv2D', 'FusedConv2D', 'DepthwiseConv2dNative', 'FusedDepthwiseConv2D'];
const POOLS = ['MaxPool', 'AvgPool'];

/** Puts the refusal in front of every kernel concerned. */
export function guardPads(): void {
  for (const name of [...CONVOLUTIONS, ...POOLS]) {
    const run = tf.getKernel(name, 'wasm')?.kernelFunc as unknown as Kernel;
    kernel(name, 'wasm', (given) => {
      const { strides, dilations = 1, pad, filterSize } = given.attrs;
      const window = filterSize ?? given.inputs.filter.shape.slice(0, 2);
      if (typeof pad === 'number' && pad > 0 && ![window, strides, dilations].every(square))
        refuse(name, pad, window, strides);
      return run(given);
    });
  }
}

const square = (sizes: number | number[]) => typeof sizes === 'number' || sizes[0] === sizes[1];

function refuse(name: string, pad: number, window: number | number[], strides: number | number[]): never {
  throw new Error(
    `${name} of a ${[window].flat().join('×')} window, stride ${strides}, with pad ${pad}: tfjs miscounts the output of a window that is not square. Write pad as 'same', or as [[0, 0], [${pad}, ${pad}], [${pad}, ${pad}], [0, 0]].`,
  );
}
