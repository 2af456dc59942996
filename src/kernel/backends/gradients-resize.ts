/**
 * Gradients of resizing. tfjs's kernels mix up height and width of pictures that are not square, and have no
 * derivative themselves; resizing is a product with one fixed matrix for each axis, and so is its gradient.
 */
import * as tf from '../tf.ts';
import { contract } from './einsum.ts';
import { type Attributes, gradient } from './register-kernels.ts';

type Row = (at: number, length: number) => [index: number, weight: number][];

/** Registers the gradients of both ways of resizing. */
export function registerResizeGradients(): void {
  resizing('ResizeBilinear', () => bilinear);
  resizing('ResizeNearestNeighbor', nearest);
}

function resizing(kernelName: string, rowOf: (attrs: Attributes) => Row): void {
  gradient(kernelName, ['images'], (dy, [images], attrs) => ({
    images: () => {
      const [rows, columns] = [1, 2].map((axis) =>
        matrix(dy.shape[axis], images.shape[axis], attrs, rowOf(attrs)),
      );
      return contract('brsc,ri,sj->bijc', dy, rows, columns);
    },
  }));
}

/** [out, in]: the weight of each source pixel in each pixel of the result, along one axis. */
function matrix(
  out: number,
  length: number,
  { alignCorners, halfPixelCenters }: Attributes,
  row: Row,
): tf.Tensor {
  const scale = alignCorners && out > 1 ? (length - 1) / (out - 1) : length / out;
  const weights = new Float32Array(out * length);
  for (let k = 0; k < out; k++) {
    const at = halfPixelCenters ? (k + 0.5) * scale - 0.5 : k * scale;
    for (const [index, weight] of row(at, length)) weights[k * length + index] += weight;
  }
  return tf.tensor2d(weights, [out, length]);
}

function bilinear(at: number, length: number): [number, number][] {
  const before = Math.max(0, Math.floor(at));
  const after = Math.min(length - 1, Math.ceil(at));
  return [
    [before, 1 - (at - before)],
    [after, at - before],
  ];
}

function nearest({ alignCorners, halfPixelCenters }: Attributes): Row {
  return (at, length) => {
    // The kernels look half a pixel further here than for bilinear.
    const from = halfPixelCenters ? at + 0.5 : at;
    return [[Math.max(0, Math.min(length - 1, alignCorners ? Math.round(from) : Math.floor(from))), 1]];
  };
}
