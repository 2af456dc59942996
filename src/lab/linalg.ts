import type * as tf from '@tensorflow/tfjs-core';
import {
  CholeskyDecomposition,
  EigenvalueDecomposition,
  inverse,
  Matrix,
  SingularValueDecomposition,
  solve,
} from 'ml-matrix';
import { LabError } from './host.ts';

/** A matrix: rows of numbers, or a tensor of two dimensions (which is read from the backend). */
export type MatrixLike = number[][] | tf.Tensor;

async function matrixOf(what: string, x: MatrixLike): Promise<Matrix> {
  const rows = Array.isArray(x) ? x : ((await x.array()) as number[][]);
  if (Array.isArray(rows) && Array.isArray(rows[0])) return new Matrix(rows);
  throw new LabError(`linalg.${what} takes a matrix`, 'Pass rows of numbers or a tensor of two dimensions.');
}

const sorted = (values: number[], vectors: Matrix) => {
  const order = values.map((_, i) => i).sort((a, b) => values[b] - values[a]);
  return {
    values: order.map((i) => values[i]),
    vectors: vectors.to2DArray().map((row) => order.map((i) => row[i])),
  };
};

/**
 * What tfjs lacks, in float64 on the host, by ml-matrix. Takes arrays or tensors, gives arrays
 * (`tf.tensor2d(...)` takes them back). Not differentiable.
 */
export const linalg = {
  /** x of a·x = b; least squares when a is not square. */
  async solve(a: MatrixLike, b: MatrixLike): Promise<number[][]> {
    return solve(await matrixOf('solve', a), await matrixOf('solve', b)).to2DArray();
  },
  async inverse(a: MatrixLike): Promise<number[][]> {
    return inverse(await matrixOf('inverse', a)).to2DArray();
  },
  /** The lower factor L of a = L·Lᵀ. @throws when a is not positive definite. */
  async cholesky(a: MatrixLike): Promise<number[][]> {
    const factor = new CholeskyDecomposition(await matrixOf('cholesky', a));
    if (!factor.isPositiveDefinite())
      throw new LabError(
        'linalg.cholesky: the matrix is not positive definite',
        'Is it symmetric? A small multiple of the identity, added to it, makes up for rounding.',
      );
    return factor.lowerTriangularMatrix.to2DArray();
  },
  /** a = u·diag(s)·vᵀ, thin, s falling. */
  async svd(a: MatrixLike): Promise<{ u: number[][]; s: number[]; v: number[][] }> {
    const parts = new SingularValueDecomposition(await matrixOf('svd', a), { autoTranspose: true });
    return {
      u: parts.leftSingularVectors.to2DArray(),
      s: parts.diagonal,
      v: parts.rightSingularVectors.to2DArray(),
    };
  },
  /** Eigenvalues of a symmetric matrix, falling, and its eigenvectors as columns. */
  async eigh(a: MatrixLike): Promise<{ values: number[]; vectors: number[][] }> {
    const parts = new EigenvalueDecomposition(await matrixOf('eigh', a), { assumeSymmetric: true });
    return sorted(parts.realEigenvalues, parts.eigenvectorMatrix);
  },
};
