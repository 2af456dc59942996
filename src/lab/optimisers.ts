import * as tf from '@tensorflow/tfjs-core';
import { type Host, LabError } from './host.ts';
import type { Parameters, Tensors } from './parameters.ts';
import { flatten, mustBeOwn } from './parameters.ts';

/** A loss of the named parameters: a tensor of one value. */
export type Loss<T extends Tensors> = (values: T) => tf.Tensor;

export interface Optimiser<T extends Tensors> {
  /** The learning rate; may be changed between steps. */
  rate: number;
  /** One update on the gradient of `loss`; gives the loss before it, read only when asked. */
  step(loss: Loss<T>): Promise<tf.Scalar>;
  /** One update on gradients made by hand, one for each parameter, of its shape. */
  apply(gradients: T): void;
}

/** The loss and its gradient with respect to each named parameter. @throws when the loss is not one value. */
export function gradients<T extends Tensors>(
  net: Parameters<T>,
  loss: Loss<T>,
): { loss: tf.Scalar; gradients: T } {
  const values = net.values();
  const ordered = net.names.map((name) => values[name]);
  const named = (tensors: tf.Tensor[]) =>
    Object.fromEntries(net.names.map((name, i) => [name, tensors[i]])) as T;
  const { value, grads } = tf.valueAndGrads((...tensors: tf.Tensor[]) => scalarOf(loss(named(tensors))))(
    ordered,
  );
  return { loss: value as tf.Scalar, gradients: named(grads) };
}

function scalarOf(loss: tf.Tensor): tf.Scalar {
  if (loss.size === 1) return (loss.rank === 0 ? loss : tf.reshape(loss, [])) as tf.Scalar;
  throw new LabError(`a loss is one value, found shape [${loss.shape}]`, 'Take its mean or sum.');
}

/** An update rule on the flat vector: takes the gradient, gives what is added to the parameters. */
type Rule = (gradient: tf.Tensor1D, rate: number) => tf.Tensor;

function optimiser<T extends Tensors>(net: Parameters<T>, rate: number, rule: Rule): Optimiser<T> {
  const self: Optimiser<T> = {
    rate,
    async step(loss) {
      const { loss: value, gradients: grads } = gradients(net, loss);
      self.apply(grads);
      return value;
    },
    apply(grads) {
      tf.tidy(() => {
        const gradient = flatten(net.names.map((name) => grads[name]));
        net.flat.assign(tf.add(net.flat, rule(gradient, self.rate)) as tf.Tensor1D);
      });
    },
  };
  return self;
}

const zeros = (size: number) => tf.tidy(() => tf.variable(tf.zeros([size])));

export interface AdamOptions {
  rate: number;
  beta1?: number;
  beta2?: number;
  /** Added to the root of the second moment; explicit, so equal on every backend. */
  epsilon?: number;
  /** Decoupled (AdamW). */
  weightDecay?: number;
}

/** Adam (Kingma and Ba 2015, algorithm 1), on the flat vector. */
export function adam<T extends Tensors>(net: Parameters<T>, options: AdamOptions): Optimiser<T> {
  const { rate, beta1 = 0.9, beta2 = 0.999, epsilon = 1e-8, weightDecay = 0 } = options;
  const first = zeros(net.size);
  const second = zeros(net.size);
  let step = 0;
  return optimiser(net, rate, (gradient, now) => {
    step += 1;
    first.assign(tf.add(tf.mul(first, beta1), tf.mul(gradient, 1 - beta1)));
    second.assign(tf.add(tf.mul(second, beta2), tf.mul(tf.square(gradient), 1 - beta2)));
    // Both bias corrections in the scalars: lr·√(1−β₂ᵗ)/(1−β₁ᵗ) and ε·√(1−β₂ᵗ).
    const root = Math.sqrt(1 - beta2 ** step);
    const scale = (-now * root) / (1 - beta1 ** step);
    const move = tf.mul(tf.div(first, tf.add(tf.sqrt(second), epsilon * root)), scale);
    return weightDecay ? tf.sub(move, tf.mul(net.flat, now * weightDecay)) : move;
  });
}

export interface SgdOptions {
  rate: number;
  momentum?: number;
  /** Added to the gradient as λ·w. */
  weightDecay?: number;
}

/** Gradient descent, with heavy-ball momentum when asked: v ← μv + g, w ← w − rate·v. */
export function sgd<T extends Tensors>(net: Parameters<T>, options: SgdOptions): Optimiser<T> {
  const { rate, momentum = 0, weightDecay = 0 } = options;
  const velocity = momentum ? zeros(net.size) : undefined;
  return optimiser(net, rate, (gradient, now) => {
    const slope = weightDecay ? tf.add(gradient, tf.mul(net.flat, weightDecay)) : gradient;
    if (!velocity) return tf.mul(slope, -now);
    velocity.assign(tf.add(tf.mul(velocity, momentum), slope) as tf.Tensor1D);
    return tf.mul(velocity, -now);
  });
}

/** The optimisers of one cell: they train what it made itself. */
export const createOptimisers = (host: Host) => ({
  adam<T extends Tensors>(net: Parameters<T>, options: AdamOptions): Optimiser<T> {
    mustBeOwn(net.flat, host, 'adam');
    return adam(net, options);
  },
  sgd<T extends Tensors>(net: Parameters<T>, options: SgdOptions): Optimiser<T> {
    mustBeOwn(net.flat, host, 'sgd');
    return sgd(net, options);
  },
});
