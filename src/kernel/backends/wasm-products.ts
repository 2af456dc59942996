/**
 * Products on WASM at full speed. Only one form is fast there, a single product without transpose flags (XNNPACK);
 * everything else goes through a plain loop at a twentieth of it. So: transpose first, fold a batch into rows where
 * the right side is shared, and otherwise multiply one matrix of the batch after the other, in place.
 */
import * as tf from '../tf.ts';
import { type Kernel, kernel } from './register-kernels.ts';
import { Views, type WasmBackend } from './wasm-views.ts';

/** Multiplications in one matrix of a batch below which a call of its own, 1.5 µs, costs more than it gains (measured). */
const WORTH_A_CALL = 2048;

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
    const each = size.rows * size.inner * size.columns;
    const floats = [inputs.a, inputs.b].every(({ dtype }) => dtype === 'float32');
    if (!floats || each === 0 || (size.batchB > 1 && each < WORTH_A_CALL)) return slow(given);
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
    const plain = !inputs.bias && (attrs.activation ?? 'linear') === 'linear';
    const out = plain ? productsInPlace(views, a, b, size) : multiply(views, a, b, size, single);
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

/** The product kernel below its JavaScript, which costs twice the arithmetic of a matrix of 32 × 32. */
interface Raw {
  product(
    a: number,
    aShape: number,
    aRank: number,
    b: number,
    bShape: number,
    bRank: number,
    turnA: number,
    turnB: number,
    out: number,
  ): void;
  register(id: number, size: number, at: number): void;
  dispose(id: number): void;
  /** Where the two shapes are written, in bytes. */
  shapes: number;
}

const raws = new WeakMap<object, Raw>();

function rawOf(backend: WasmBackend): Raw {
  const found = raws.get(backend);
  if (found) return found;
  const { cwrap, tfjs } = backend.wasm;
  const number = (count: number) => new Array<'number'>(count).fill('number');
  const raw: Raw = {
    product: cwrap('BatchMatMul', null, number(9)),
    register: (id, size, at) => tfjs.registerTensor(id, size, at),
    dispose: (id) => tfjs.disposeData(id),
    shapes: backend.wasm._malloc(6 * 4),
  };
  raws.set(backend, raw);
  return raw;
}

/** One matrix of the batch after the other, read and written where they lie. */
function productsInPlace(views: Views, a: tf.TensorInfo, b: tf.TensorInfo, size: Sizes): tf.TensorInfo {
  const { batch, batchA, batchB, inner, columns } = size;
  // A right side that all share makes the batch one matrix of many rows.
  const count = batchB === 1 ? 1 : Math.max(batchA, batchB);
  const rows = batchB === 1 ? batchA * size.rows : size.rows;
  const { backend } = views;
  const raw = rawOf(backend);
  const out = views.empty([...batch, size.rows, columns]);
  const [atA, atB, atOut] = [a, b, out].map(({ dataId }) => backend.dataIdMap.get(dataId).memoryOffset);
  new Int32Array(backend.wasm.HEAPU8.buffer, raw.shapes, 6).set([1, rows, inner, 1, inner, columns]);
  // Names of tensors that no one else has: the backend counts up.
  const [idA, idB, idOut] = Array.from({ length: 3 }, () => backend.dataIdNextNumber++);
  const [sizeA, sizeB, sizeOut] = [rows * inner, inner * columns, rows * columns];
  for (let k = 0; k < count; k++) {
    raw.register(idA, sizeA, batchA === 1 ? atA : atA + 4 * k * sizeA);
    raw.register(idB, sizeB, atB + 4 * k * sizeB);
    raw.register(idOut, sizeOut, atOut + 4 * k * sizeOut);
    raw.product(idA, raw.shapes, 3, idB, raw.shapes + 12, 3, 0, 0, idOut);
    for (const id of [idA, idB, idOut]) raw.dispose(id);
  }
  return out;
}
