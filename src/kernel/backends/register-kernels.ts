/** Registering kernels and gradients over those that are there. */
import * as tf from '../tf.ts';

export type Attributes = Record<string, any>;
export type Gradients = Record<string, () => tf.Tensor>;
type GradientOf = (dy: tf.Tensor, saved: tf.Tensor[], attrs: Attributes) => Gradients;
export type Kernel = (given: { inputs: any; backend: any; attrs: any }) => tf.TensorInfo | tf.TensorInfo[];

/** Replaces the gradient of a kernel; `inputsToSave` are given to it as `saved`, in order. */
export function gradient(
  kernelName: string,
  inputsToSave: string[],
  gradFunc: GradientOf,
  more: Partial<tf.GradConfig> = {},
): void {
  if (tf.getGradient(kernelName)) tf.unregisterGradient(kernelName);
  tf.registerGradient({ kernelName, inputsToSave, gradFunc: gradFunc as tf.GradFunc, ...more });
}

/** Replaces the gradient of a function of one tensor by its derivative, computed from the input. */
export function unary(kernelName: string, derivative: (x: tf.Tensor) => tf.Tensor): void {
  gradient(kernelName, ['x'], (dy, [x]) => ({ x: () => tf.mul(dy, derivative(x)) }));
}

/** Replaces a kernel of a backend. The setup of the one replaced, if any, ran when its backend was initialised. */
export function kernel(kernelName: string, backendName: string, kernelFunc: Kernel): void {
  if (tf.getKernel(kernelName, backendName)) tf.unregisterKernel(kernelName, backendName);
  tf.registerKernel({ kernelName, backendName, kernelFunc: kernelFunc as tf.KernelFunc });
}

/** Sums `t` over the axes along which a tensor of `shape` was repeated. */
export function sumTo(t: tf.Tensor, shape: number[]): tf.Tensor {
  const axes = tf.broadcast_util.getReductionAxes(shape, t.shape);
  return axes.length === 0 ? t : tf.reshape(tf.sum(t, axes, true), shape);
}

/** Replaces a gradient by one that uses the one before it. */
export function amend(kernelName: string, amended: (before: GradientOf) => GradientOf): void {
  const config = tf.getGradient(kernelName);
  if (!config) throw new Error(`tfjs has no gradient of ${kernelName} to amend: is tfjs loaded whole?`);
  tf.unregisterGradient(kernelName);
  tf.registerGradient({ ...config, gradFunc: amended(config.gradFunc as GradientOf) as tf.GradFunc });
}
