/** WASM kernels that are right for one type and silently wrong for another. */
import * as tf from '../tf.ts';
import { type Kernel, kernel } from './register.ts';
import { Views } from './wasm-views.ts';

/** Registers corrected versions. */
export function registerTypeFixes(): void {
  const integers = tf.getKernel('OneHot', 'wasm')?.kernelFunc as unknown as Kernel;
  kernel('OneHot', 'wasm', oneHot(integers));
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
