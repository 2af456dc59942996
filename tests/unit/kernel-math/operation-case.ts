/** One operation on two backends: see operation-cases.ts. */
export type TF = typeof import('@tensorflow/tfjs-core');
export type Tensor = import('@tensorflow/tfjs-core').Tensor;
export type T = any;

export interface OperationCase {
  name: string;
  f: (...xs: T[]) => Tensor | Tensor[];
  shapes: number[][];
  range: [number, number];
  /** False where it has no derivative (indices, comparisons, draws). */
  backward: boolean;
}

export type Options = { range?: [number, number]; backward?: boolean };
type Make = (name: string, f: OperationCase['f'], shapes?: number[][], options?: Options) => OperationCase;

/** A case of the tables. */
export const make: Make = (
  name,
  f,
  shapes = [[4, 6]],
  { range = [-2, 2] as [number, number], backward = true } = {},
) => ({
  name,
  f,
  shapes,
  range,
  backward,
});
/** Where there is no derivative. */
export const forward: Options = { backward: false };
export const positive: Options = { range: [0.2, 3] };
export const inside: Options = { range: [-0.9, 0.9] };
