import * as tf from '@tensorflow/tfjs';
import { adam, parameters, steps, toArray } from 'lab';
import { task } from './club';
import { type Layers, network } from './layer';

/** Networks that are trained side by side. */
export interface Nets {
  mlp: number[]; // is the combine an MLP?
  activation: number[]; // sigmoid, tanh, ReLU, linear
  layers: Layers;
  w: Record<string, tf.Tensor>;
}

/** Trains on the given labels; accuracy on all other nodes,
 * before and after, and the weights. */
export async function fit(
  nets: Nets,
  updates: number,
  label: string,
) {
  const { graph, x, target, labels, given } = task;
  const unseen = given.mul(-1).add(1);
  const { mlp, layers, w } = nets;
  const B = mlp.length;
  const kinds = {
    width: tf.ones([B, 1, 8]),
    mlp: tf.tensor(mlp, [B, 1, 1]),
    activation: tf
      .oneHot(tf.tensor1d(nets.activation, 'int32'), 4)
      .toFloat()
      .reshape([B, 4, 1, 1]),
  };
  const inputs = x.expandDims(0).tile([B, 1, 1]);
  const net = parameters(w);
  const optimiser = adam(net, { rate: 0.05, beta2: 0.99 });
  const logits = (w: Nets['w']) =>
    network(inputs, w, kinds, graph, layers);
  const accuracy = () => {
    const right = logits(net.values()).argMax(-1).equal(labels);
    const count = right.toFloat().mul(unseen).sum(1);
    return toArray<number[]>(count.div(unseen.sum()));
  };
  const before = await accuracy();
  for await (const _ of steps(updates, label))
    await optimiser.step((w) => {
      const out = logits(w);
      const logP = out.sub(out.logSumExp(-1, true));
      const told = logP.mul(target).sum(-1).mul(given);
      return told.sum().div(given.sum()).neg();
    });
  return { before, after: await accuracy(), w: net.values() };
}
