/** One operation, computed and compared: in Node on WASM, in a browser on WebGPU. */
import { noise } from './gradient-error.ts';
import type { OperationCase, Tensor, TF } from './operation-case.ts';

/** Values, then gradients by every argument, of one case on the current backend; each with its shape before it. */
export async function computeCase(tf: TF, c: OperationCase): Promise<number[][]> {
  const ran = tf.tidy(() => {
    const [low, high] = c.range;
    const xs = c.shapes.map((shape, k) => {
      const values = noise(tf.util.sizeFromShape(shape), 20 + k).map(
        (v) => low + ((v + 1) / 2) * (high - low),
      );
      return tf.tensor(values, shape);
    });
    const outputs = [c.f(...xs)].flat();
    if (!c.backward) return outputs;
    const loss = (...given: Tensor[]) =>
      tf.addN(
        [c.f(...given)].flat().map((y, k) => tf.sum(tf.mul(y, tf.tensor(noise(y.size, 40 + k), y.shape)))),
      );
    return [...outputs, ...tf.grads(loss)(xs)];
  });
  const data = await Promise.all(ran.map(async (t) => [...t.shape, ...(await t.data())]));
  tf.dispose(ran);
  return data;
}

/** Largest difference relative to each tensor's largest value; shapes, which come first, must be equal. */
export function difference(a: number[][], b: number[][]): number {
  const sizes = [a, b].map((all) => all.map((values) => values.length).join(', '));
  if (sizes[0] !== sizes[1]) throw new Error(`found outputs of ${sizes[1]} numbers, expected ${sizes[0]}.`);
  return Math.max(
    ...a.map((values, k) => {
      const scale = Math.max(1e-3, ...values.map((v) => (Number.isFinite(v) ? Math.abs(v) : 0)));
      return Math.max(
        0,
        ...values
          .map((v, i) => (Object.is(v, b[k][i]) ? 0 : Math.abs(v - b[k][i]) / scale))
          .map((d) => (Number.isNaN(d) ? Number.POSITIVE_INFINITY : d)),
      );
    }),
  );
}
