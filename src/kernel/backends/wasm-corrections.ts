/** WASM kernels that are right for some inputs and silently wrong for others. */
import * as tf from '../tf.ts';
import { type Kernel, kernel } from './register-kernels.ts';
import { Views } from './wasm-views.ts';

/** Registers corrected versions. */
export function correctKernels(): void {
  const integers = tf.getKernel('OneHot', 'wasm')?.kernelFunc as unknown as Kernel;
  kernel('OneHot', 'wasm', oneHot(integers));
  const truncating = tf.getKernel('Cast', 'wasm')?.kernelFunc as unknown as Kernel;
  kernel('Cast', 'wasm', cast(truncating));
  kernel('Sign', 'wasm', sign);
}

/** WASM's takes everything within 1e-7 of zero for zero. */
const sign: Kernel = ({ inputs, backend }) => {
  const out = backend.makeOutput(inputs.x.shape, inputs.x.dtype);
  const [to, from] = [out, inputs.x].map((t) => backend.typedArrayFromHeap(t));
  for (let k = 0; k < from.length; k++) to[k] = Math.sign(from[k]);
  return out;
};

/** Anything but zero is true; WASM's cuts 0.3 down to 0, false. */
function cast(truncating: Kernel): Kernel {
  return (given) => {
    if (given.attrs.dtype !== 'bool') return truncating(given);
    const out = given.backend.makeOutput(given.inputs.x.shape, 'bool');
    const [from, to] = [given.inputs.x, out].map((t) => given.backend.typedArrayFromHeap(t));
    for (let k = 0; k < from.length; k++) to[k] = from[k] === 0 ? 0 : 1;
    return out;
  };
}

/** WASM's writes integers whatever the type asked for: ones as floats would be 1.4e-45. */
function oneHot(integers: Kernel): Kernel {
  return ({ inputs, backend, attrs }) => {
    const { dtype = 'int32', onValue, offValue } = attrs;
    if (dtype !== 'float32') return integers({ inputs, backend, attrs });
    const views = new Views(backend);
    const hot = views.adopt(
      integers({
        inputs,
        backend,
        attrs: { ...attrs, dtype: 'int32', onValue: 1, offValue: 0 },
      }) as tf.TensorInfo,
    );
    const out = views.keep(views.run('Cast', { x: hot }, { dtype: 'float32' }));
    if (onValue !== 1 || offValue !== 0) {
      const values = views.backend.typedArrayFromHeap(out);
      for (let k = 0; k < values.length; k++) values[k] = values[k] ? onValue : offValue;
    }
    views.dispose();
    return out;
  };
}
