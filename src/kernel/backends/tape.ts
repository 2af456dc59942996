/**
 * What a gradient saves of its operation is a clone: a kernel of its own (on WASM a copy of the data) and a node on
 * the tape, a third of all kernels of a training step. The node of a saved *output* even stands before the operation
 * itself: a walk along the tape from x meets it first, does not know yet that it depends on x, and cuts it, so that
 * second derivatives through it are silently zero. Here it is another handle of the same tensor instead, with the
 * same id: nothing is copied, nothing recorded, and the tape knows it as what it is. `customGrad` saves so too.
 */
import * as tf from '../tf.ts';

interface Engine {
  state: { tensorInfo: WeakMap<object, { backend: { incRef(dataId: object): void } }> };
  clone(x: tf.Tensor): tf.Tensor;
  trackTensor(x: tf.Tensor, backend: unknown): void;
}

/** tfjs keeps the constructor of tensors to itself. */
const Handle = tf.Tensor as unknown as new (
  shape: number[],
  dtype: string,
  dataId: object,
  id: number,
) => tf.Tensor;

const light = Symbol.for('working-papers.light-saves');

/** Makes the engine save without clones. Does nothing the second time. */
export function saveWithoutClones(): void {
  const engine = tf.engine() as unknown as Engine & { [light]?: true };
  if (engine[light]) return;
  const clone = engine.clone.bind(engine);
  engine.clone = (x) => {
    const owner = engine.state.tensorInfo.get(x.dataId)?.backend;
    // Of these two a backend keeps more than one buffer.
    if (!owner || x.dtype === 'string' || x.dtype === 'complex64') return clone(x);
    owner.incRef(x.dataId);
    const handle = new Handle(x.shape, x.dtype, x.dataId, x.id);
    engine.trackTensor(handle, owner);
    return handle;
  };
  engine[light] = true;
}
