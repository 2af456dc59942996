/**
 * Products on WASM at full speed. Only one form is fast there, a single product without transpose flags (XNNPACK);
 * everything else goes through a plain loop at a twentieth of it. So: transpose first, fold a batch into rows where
 * the right side is shared, and otherwise multiply one matrix of the batch after the other, in place.
 */
import * as tf from '../tf.ts';
import { type Kernel, kernel } from './register-kernels.ts';
import { Views } from './wasm-views.ts';

/** Multiplications in one matrix of a batch below which a call of its own, 6 µs, costs more than it gains (measured). */
const WORTH_A_CALL = 8192;

/** Replaces the two product kernels. Their own setup has run: call after the backend is initialised. */
export function speedUpProducts(): void {
  for (const name of ['BatchMatMul', '_FusedMatMul']) {
    const slow = tf.getKernel(name, 'wasm')?.kernelFunc as Kernel | undefined;
    if (!slow) throw new Error(`The WASM backend has no ${name}: initialise it before completing it.`);
    kernel(name, 'wasm', fast(slow));
  }
}

function fast(slow: Kernel): Kernel {
  return (given) => {
    const { inputs, backend, attrs } = given;
    const size = sizes(inputs.a, inputs.b, attrs);
    if (size.batchB > 1 && size.rows * size.inner * size.columns < WORTH_A_CALL) return slow(given);
    const views = new Views(backend);
    if (betterFromTheRight(inputs, attrs, size)) {
      const product = fast(slow)({
        inputs: { a: inputs.b, b: inputs.a },
        backend,
        attrs: { ...attrs, transposeA: true, transposeB: false },
      }) as tf.TensorInfo;
      const out = views.keep(views.turned(views.adopt(product)));
      views.dispose();
      return out;
    }
    const a = attrs.transposeA ? views.turned(inputs.a) : inputs.a;
    const b = attrs.transposeB ? views.turned(inputs.b) : inputs.b;
    const single = (x: tf.TensorInfo, y: tf.TensorInfo) =>
      slow({
        inputs: { ...inputs, a: x, b: y },
        backend,
        attrs: { ...attrs, transposeA: false, transposeB: false },
      });
    const out = multiply(views, a, b, size, single);
    views.dispose();
    return out;
  };
}

/** AᵀB with the wider matrix on the left, as gradients of weights often are: (BᵀA)ᵀ turns two small ones instead. */
const betterFromTheRight = (
  inputs: object,
  { transposeA, transposeB, activation = 'linear' }: tf.BatchMatMulAttrs & { activation?: string },
  { rows, columns, batchA, batchB }: Sizes,
) =>
  transposeA &&
  !transposeB &&
  columns < rows &&
  batchA === 1 &&
  batchB === 1 &&
  !('bias' in inputs && inputs.bias) &&
  activation === 'linear';

type Sizes = ReturnType<typeof sizes>;
type Product = (a: tf.TensorInfo, b: tf.TensorInfo) => tf.TensorInfo | tf.TensorInfo[];

function sizes(a: tf.TensorInfo, b: tf.TensorInfo, attrs: { transposeA: boolean; transposeB: boolean }) {
  const [m, k] = attrs.transposeA ? [-1, -2] : [-2, -1];
  const batch = tf.broadcast_util.assertAndGetBroadcastShape(a.shape.slice(0, -2), b.shape.slice(0, -2));
  const of = (t: tf.TensorInfo) => tf.util.sizeFromShape(t.shape.slice(0, -2));
  return {
    batch,
    batchA: of(a),
    batchB: of(b),
    rows: a.shape.at(m)!,
    inner: a.shape.at(k)!,
    columns: b.shape.at(attrs.transposeB ? -2 : -1)!,
  };
}

function multiply(views: Views, a: tf.TensorInfo, b: tf.TensorInfo, size: Sizes, single: Product) {
  const { batch, batchA, batchB, rows, inner, columns } = size;
  if (batchA === 1 && batchB === 1) return single(a, b);
  if (batchB === 1) {
    const folded = single(views.part(a, 0, [1, batchA * rows, inner]), views.part(b, 0, [1, inner, columns]));
    return { ...(folded as tf.TensorInfo), shape: [...batch, rows, columns] };
  }
  const out = views.empty([...batch, rows, columns]);
  for (let k = 0; k < Math.max(batchA, batchB); k++) {
    const left = views.part(a, batchA === 1 ? 0 : k * rows * inner, [1, rows, inner]);
    const right = views.part(b, batchB === 1 ? 0 : k * inner * columns, [1, inner, columns]);
    views.place(single(left, right) as tf.TensorInfo, out, k * rows * columns);
  }
  return out;
}
