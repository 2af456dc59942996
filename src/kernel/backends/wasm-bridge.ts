/** Lends WASM the kernels it lacks: runs the CPU backend's on a copy of the data and writes the answer back. */
import * as tf from '../tf.ts';
import { type Kernel, kernel } from './register-kernels.ts';

/** The WASM backend has no such type, so a bridge could only fail later and less clearly. */
const COMPLEX = ['Complex', 'ComplexAbs', 'Real', 'Imag', 'FFT', 'IFFT'];

/** Wrong without an error: adds to what the memory held before. (MaxPoolGrad, wrong too, has a kernel in wasm-heap.ts.) */
const WRONG = ['Conv3DBackpropInputV2'];

/** Registers for 'wasm' every kernel that only 'cpu' has, and CPU's over those that are wrong. Both are initialised. */
export function bridge(): void {
  for (const { kernelName } of tf.getKernelsForBackend('cpu')) {
    const there = tf.getKernel(kernelName, 'wasm') !== undefined;
    if (COMPLEX.includes(kernelName) || (there && !WRONG.includes(kernelName))) continue;
    kernel(kernelName, 'wasm', lentFromCpu(kernelName));
  }
}

/** The CPU backend's kernel of that name, for tensors of the WASM backend. */
export function lentFromCpu(kernelName: string): Kernel {
  const run = tf.getKernel(kernelName, 'cpu')?.kernelFunc as unknown as Kernel | undefined;
  if (!run)
    throw new Error(`The CPU backend has no ${kernelName} to lend: initialise it before completing WASM.`);
  return ({ inputs, backend: wasm, attrs }) => {
    const cpu = tf.findBackend('cpu') as any;
    const borrowed: object[] = [];
    const lend = (t: tf.TensorInfo): tf.TensorInfo => {
      const dataId = cpu.write(wasm.readSync(t.dataId), t.shape, t.dtype);
      borrowed.push(dataId);
      return { dataId, shape: t.shape, dtype: t.dtype };
    };
    const giveBack = (t: tf.TensorInfo): tf.TensorInfo => {
      const dataId = wasm.write(cpu.readSync(t.dataId).slice(), t.shape, t.dtype);
      if (!borrowed.includes(t.dataId)) cpu.disposeData(t.dataId);
      return { dataId, shape: t.shape, dtype: t.dtype };
    };
    const out = run({ inputs: everyInput(inputs, lend), backend: cpu, attrs });
    const result = Array.isArray(out) ? out.map(giveBack) : giveBack(out);
    for (const dataId of borrowed) cpu.disposeData(dataId);
    return result;
  };
}

/** Kernels take a record of tensors, or an array of them (Einsum), and either may hold arrays or gaps. */
function everyInput(inputs: any, lend: (t: tf.TensorInfo) => tf.TensorInfo): any {
  const one = (t: any): any => (Array.isArray(t) ? t.map(one) : t && lend(t));
  if (Array.isArray(inputs)) return inputs.map(one);
  return Object.fromEntries(Object.entries(inputs).map(([name, t]) => [name, one(t)]));
}
