import * as tf from '@tensorflow/tfjs-core';
import { lines, type OpenData } from './store.ts';

/** An undirected graph whose nodes belong to groups. */
export interface Graph {
  names: string[];
  /** int32, [edges, 2]: node numbers, the smaller first. */
  edges: tf.Tensor2D;
  /** float32, [edges]: 1 where the source counts nothing. */
  weights: tf.Tensor1D;
  /** int32, [nodes]. */
  groups: tf.Tensor1D;
  /** float32, [nodes, nodes]: symmetric, the weights, 0 on the diagonal. */
  adjacency: tf.Tensor2D;
}

function adjacencyOf(nodes: number, edges: ArrayLike<number>, weights: ArrayLike<number>): tf.Tensor2D {
  const matrix = new Float32Array(nodes * nodes);
  for (let i = 0; i < weights.length; i++) {
    const [a, b] = [edges[2 * i], edges[2 * i + 1]];
    matrix[a * nodes + b] = weights[i];
    matrix[b * nodes + a] = weights[i];
  }
  return tf.tensor2d(matrix, [nodes, nodes]);
}

/** The door to one graph. */
export function graphSet(open: OpenData, name: string) {
  return async (): Promise<Graph> => {
    const file = await open(name);
    const { edges, weights, groups } = file.tensors;
    return {
      names: lines(file, 'names'),
      edges: tf.tensor2d(Int32Array.from(edges.data), edges.shape as [number, number], 'int32'),
      weights: tf.tensor1d(Float32Array.from(weights.data)),
      groups: tf.tensor1d(Int32Array.from(groups.data), 'int32'),
      adjacency: adjacencyOf(groups.data.length, edges.data, weights.data),
    };
  };
}
