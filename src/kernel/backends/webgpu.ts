/**
 * The WebGPU backend of tfjs 4.22 corrected. It compiles a program once for each key, and reports no error: a shader
 * that does not compile leaves zeros, and two programs of one key share the first one's code.
 */
import * as tf from '../tf.ts';
import { type Kernel, kernel } from './register-kernels.ts';

interface Program {
  shaderKey: string;
  outputShape: number[];
  getUserCode(): string;
}
interface Backend {
  runWebGPUProgram(program: Program, inputs: tf.TensorInfo[], ...rest: unknown[]): tf.TensorInfo;
  disposeData(id: object): boolean;
}

const corrected = new WeakSet<object>();

/** Corrects the running WebGPU backend; does nothing to one that it has corrected already. */
export function correctWebgpu(): void {
  const backend = tf.findBackend('webgpu') as unknown as Backend;
  if (corrected.has(backend)) return;
  corrected.add(backend);
  const run = backend.runWebGPUProgram?.bind(backend);
  if (run)
    backend.runWebGPUProgram = (program, inputs, ...rest) => run(mended(program, inputs), inputs, ...rest);
  const few = tf.getKernel('AddN', 'webgpu')?.kernelFunc as unknown as Kernel;
  kernel('AddN', 'webgpu', addN(few));
  for (const name of ['ArgMax', 'ArgMin']) {
    const ofOne = tf.getKernel(name, 'webgpu')?.kernelFunc as unknown as Kernel;
    kernel(name, 'webgpu', places(ofOne));
  }
}

/** Running sums have the axis' length in their code but not in their key: a second length would run the first's code. */
function mended(program: Program, inputs: tf.TensorInfo[]): Program {
  if (program.shaderKey.startsWith('cum_')) program.shaderKey += `_${program.outputShape.at(-1)}`;
  if (program.shaderKey.startsWith('transpose_') && inputs[0].dtype !== 'float32') writeIntegers(program);
  return program;
}

/**
 * Transposes write what they read as floats, which does not compile for integers and masks; and every sum, maximum
 * or mean of those along an outer axis begins with one.
 */
function writeIntegers(program: Program): void {
  const code = program.getUserCode.bind(program);
  program.getUserCode = () => code().replace('setOutputAtIndex(', 'setOutputAtIndexI32(');
}

/** The place of the largest in a list is a number; the backend gives a list of one. */
function places(ofOne: Kernel): Kernel {
  return (given) => {
    const out = ofOne(given) as tf.TensorInfo;
    return given.inputs.x.shape.length === 1 ? { ...out, shape: [] } : out;
  };
}

/** A shader may bind eight buffers: seven terms and the sum. More are added in groups. */
function addN(few: Kernel): Kernel {
  return function add({ inputs, backend, attrs }): tf.TensorInfo | tf.TensorInfo[] {
    if (inputs.length <= 7) return few({ inputs, backend, attrs });
    const first = few({ inputs: inputs.slice(0, 7), backend, attrs }) as tf.TensorInfo;
    const sum = add({ inputs: [first, ...inputs.slice(7)], backend, attrs });
    backend.disposeData(first.dataId);
    return sum;
  };
}
