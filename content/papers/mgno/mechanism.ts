import * as tf from '@tensorflow/tfjs';

// A function on n points is [B, 1, n, C], a kernel [1, 3, in, out].
type T = tf.Tensor4D;
type Conv = (x: T, kernel: T) => T;

/** The kernels of one grid; the coarsest has no way down. */
export interface Grid {
  smooth: T; // S, [1, 3, 1, C]
  operator: T; // A, [1, 3, C, 1]
  postSmooth: T; // Ŝ, [1, 3, 1, C]
  restrict?: T; // R, [1, 3, 1, 1]
  prolong?: T; // T, [1, 3, C, C]
}

/** One V-cycle, (2) to (4): [B, 1, n, 1] → [B, 1, n, C]. */
export function vCycle(grids: Grid[], source: T, conv: Conv): T {
  const [grid, ...coarser] = grids;
  const residual = (u: T): T => source.sub(conv(u, grid.operator));
  let field = conv(source, grid.smooth);
  if (coarser.length > 0) {
    const below = restriction(residual(field), grid.restrict!);
    const correction = vCycle(coarser, below, conv);
    field = field.add(prolongation(correction, grid.prolong!));
  }
  return field.add(conv(residual(field), grid.postSmooth));
}

/** kernel ∗ x with zeros beyond both ends. */
export const zero: Conv = (x, kernel) =>
  tf.conv2d(x, kernel, 1, 'same');

/** kernel ∗ x on a circle: each end sees the other. */
export const circular: Conv = (x, kernel) => {
  const last = x.slice([0, 0, x.shape[2] - 1], [-1, -1, 1]);
  const first = x.slice([0, 0, 0], [-1, -1, 1]);
  const around = tf.concat([last, x, first], 2);
  return tf.conv2d(around, kernel, 1, 'valid');
};

/** R ∗₂ r, formula (3): [B, 1, n, 1] → [B, 1, (n − 1)/2, 1]. */
export const restriction = (r: T, kernel: T) =>
  tf.conv2d(r, kernel, [1, 2], 'valid');

/** T ∗₂ᵀ u, formula (4): [B, 1, n, C] → [B, 1, 2n + 1, C]. */
export function prolongation(u: T, kernel: T): T {
  const [batch, height, n, channels] = u.shape;
  const size = [batch, height, 2 * n + 1, channels];
  return tf.conv2dTranspose(
    u,
    kernel,
    size as T['shape'],
    [1, 2],
    'valid',
  );
}

/** Kernels stacked over the grids → the grids, finest first. */
export function unstack(kernels: Record<string, tf.Tensor>) {
  const per = (stack?: tf.Tensor) =>
    (stack ? tf.unstack(stack) : []) as T[];
  const operator = per(kernels.operator);
  const postSmooth = per(kernels.postSmooth);
  const restrict = per(kernels.restrict);
  const prolong = per(kernels.prolong);
  return per(kernels.smooth).map(
    (smooth, l): Grid => ({
      smooth,
      operator: operator[l],
      postSmooth: postSmooth[l],
      restrict: restrict[l],
      prolong: prolong[l],
    }),
  );
}

/** The textbook's V-cycle, with Jacobi smoothing of weight ω. */
export function classical(levels: number, omega = 2 / 3): Grid[] {
  const kernel = (taps: number[]) =>
    tf.tensor4d(taps, [1, 3, 1, 1]);
  const smooth = kernel([0, omega / 2, 0]);
  const grid = {
    smooth,
    operator: kernel([-1, 2, -1]),
    postSmooth: smooth,
    restrict: kernel([1, 2, 1]),
    prolong: kernel([0.5, 1, 0.5]),
  };
  return Array.from({ length: levels }, () => grid);
}

/** Without grids: kernels one after the other, [1, 3, in, out]. */
export function chain(kernels: T[], source: T) {
  return kernels.reduce((x, kernel) => zero(x, kernel), source);
}

/** G = min(x, y) (1 − max(x, y)), formula (6): [n] → [n, n]. */
export function greens(x: tf.Tensor) {
  const y = x.reshape([-1, 1]);
  return tf.minimum(x, y).mul(tf.sub(1, tf.maximum(x, y)));
}
