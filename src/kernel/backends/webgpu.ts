/**
 * The WebGPU backend of tfjs 4.22 corrected. It compiles a program once for each key, and reports no error: a shader
 * that does not compile leaves zeros, and two programs of one key share the first one's code.
 */
import * as tf from '../tf.ts';
import { type Kernel, kernel } from './register-kernels.ts';

interface Program {
  shaderKey: string;
  outputShape: number[];
  workgroupSize: [number, number, number];
  getUserCode(): string;
}
interface Backend {
  runWebGPUProgram(program: Program, inputs: tf.TensorInfo[], ...rest: unknown[]): tf.TensorInfo;
  disposeData(id: object): boolean;
  tensorMap: { get(id: object): { dtype: tf.DataType } };
}

const corrected = new WeakSet<object>();

/** Corrects the running WebGPU backend; does nothing to one that it has corrected already. */
export function correctWebgpu(): void {
  const backend = tf.findBackend('webgpu') as unknown as Backend;
  if (corrected.has(backend)) return;
  corrected.add(backend);
  const run = backend.runWebGPUProgram?.bind(backend);
  if (run)
    backend.runWebGPUProgram = (program, inputs, ...rest) => {
      const held = inputs[0] && backend.tensorMap.get(inputs[0].dataId).dtype;
      return run(mended(program, held, inputs[0]?.dtype), inputs, ...rest);
    };
  over('AddN', addN);
  over('Tile', tile);
  over('PadV2', pad);
  over('Softmax', softmax);
  for (const name of ['BatchMatMul', '_FusedMatMul']) over(name, product);
  for (const name of ['ArgMax', 'ArgMin']) over(name, places);
}

/** Replaces a kernel by one that is made of it. */
function over(name: string, amended: (before: Kernel) => Kernel): void {
  kernel(name, 'webgpu', amended(tf.getKernel(name, 'webgpu')?.kernelFunc as unknown as Kernel));
}

/**
 * Running sums have the axis' length in their code but not in their key, and softmax the number of threads for a row:
 * a second length would run the first's code. `held` is what the first input's buffer holds, `meant` what it stands for.
 */
function mended(program: Program, held?: tf.DataType, meant?: tf.DataType): Program {
  if (program.shaderKey.startsWith('cum_')) program.shaderKey += `_${program.outputShape.at(-1)}`;
  if (program.shaderKey === 'softmax') program.shaderKey += `_${program.workgroupSize[0]}`;
  if (program.shaderKey.startsWith('cropAndResize')) allPictures(program);
  if (program.shaderKey.startsWith('transpose_') && held !== 'float32') readIntegers(program, meant);
  return program;
}

/** Crops of a picture whose number is that of the crops or more come out as zeros: the two counts are mistaken. */
function allPictures(program: Program): void {
  const code = program.getUserCode.bind(program);
  program.getUserCode = () =>
    code().replace('bInd >= uniforms.outShape[0]', 'bInd >= uniforms.imageShape[0]');
}

/**
 * Transposes write what they read as floats, which does not compile where the buffer holds integers or a mask; and
 * every sum, maximum or mean of those along an outer axis begins with one. A cast to floats keeps the buffer, so
 * what is meant may be floats all the same.
 */
function readIntegers(program: Program, meant?: tf.DataType): void {
  const code = program.getUserCode.bind(program);
  program.getUserCode = () =>
    meant === 'float32'
      ? code().replace('A[', 'f32(A[').replace('uniforms.aShape)]', 'uniforms.aShape)])')
      : code().replace('setOutputAtIndex(', 'setOutputAtIndexI32(');
}

/** Past four axes the backend waits for the GPU and tiles on the CPU. */
function tile(few: Kernel): Kernel {
  return (given) => {
    if (given.inputs.x.shape.length < 5 || given.inputs.x.dtype === 'string') return few(given);
    const reps = given.attrs.reps as number[];
    return byAxis(few, given, (axis) => reps[axis] !== 1 && { reps: [1, reps[axis], 1] });
  };
}

/** The code for padding past four axes does not compile; and every gradient of a slice pads. */
function pad(few: Kernel): Kernel {
  return (given) => {
    if (given.inputs.x.shape.length < 5) return few(given);
    const paddings = given.attrs.paddings as [number, number][];
    const { constantValue } = given.attrs;
    return byAxis(
      few,
      given,
      (axis) =>
        paddings[axis].some((count) => count > 0) && {
          paddings: [[0, 0], paddings[axis], [0, 0]],
          constantValue,
        },
    );
  };
}

/** Runs a kernel on one axis after another, as the middle one of three; `attrsOf` says false where an axis stays. */
function byAxis(
  few: Kernel,
  given: Parameters<Kernel>[0],
  attrsOf: (axis: number) => Record<string, unknown> | false,
): tf.TensorInfo {
  const { x } = given.inputs;
  const shape: number[] = [...x.shape];
  let dataId = x.dataId;
  for (let axis = 0; axis < shape.length; axis++) {
    const attrs = attrsOf(axis);
    if (!attrs) continue;
    const three = [
      tf.util.sizeFromShape(shape.slice(0, axis)),
      shape[axis],
      tf.util.sizeFromShape(shape.slice(axis + 1)),
    ];
    const inputs = { x: { dataId, shape: three, dtype: x.dtype } };
    const out = few({ ...given, inputs, attrs }) as tf.TensorInfo;
    if (dataId !== x.dataId) given.backend.disposeData(dataId);
    dataId = out.dataId;
    shape[axis] = out.shape[1];
  }
  if (dataId === x.dataId) given.backend.incRef(dataId);
  return { dataId, shape, dtype: x.dtype };
}

const programType = 'WEBGPU_MATMUL_PROGRAM_TYPE';
/** MatMulSmallOutputSizeProgram, which the backend takes for all but the longest of these. */
const smallTiles = 2;

/**
 * A product over 2,000 numbers or more is split into parts that add to the result side by side, without an order: two
 * runs differ, and a sum over 29,568 came out wrong by 0.97. It is done by tiles, as a batch of such products is.
 */
function product(any: Kernel): Kernel {
  return (given) => {
    const { a, b } = given.inputs;
    const { transposeA, transposeB } = given.attrs as { transposeA: boolean; transposeB: boolean };
    const inner = a.shape.at(transposeA ? -2 : -1)!;
    const results = a.shape.at(transposeA ? -1 : -2)! * b.shape.at(transposeB ? -2 : -1)!;
    // Up to 128 results have a program of their own, which is right at any length.
    if (inner < 2000 || results <= 128) return any(given);
    tf.env().set(programType, smallTiles);
    try {
      return any(given);
    } finally {
      tf.env().set(programType, -1);
    }
  };
}

/** Each row is a workgroup of its own, in a line of at most 65,535; more come out as zeros. They are done by parts. */
function softmax(ofFew: Kernel): Kernel {
  return (given) => {
    const { logits } = given.inputs;
    const shape: number[] = logits.shape;
    const dim = given.attrs.dim ?? -1;
    const axis = dim < 0 ? dim + shape.length : dim;
    if (tf.util.sizeFromShape(shape) / shape[axis] <= 65_535) return ofFew(given);
    const made: tf.TensorInfo[] = [];
    const of = (name: string, inputs: object, attrs: object = {}) => {
      const { kernelFunc } = tf.getKernel(name, 'webgpu')!;
      const out = kernelFunc({ inputs, backend: given.backend, attrs } as never) as tf.TensorInfo;
      made.push(out);
      return out;
    };
    const across = shape.map((size, i) => (i === axis ? 1 : size));
    const most = of('Max', { x: logits }, { reductionIndices: [axis], keepDims: false });
    const apart = of('Sub', { a: logits, b: of('Reshape', { x: most }, { shape: across }) });
    const powers = of('Exp', { x: apart });
    const sum = of('Sum', { x: powers }, { axis: [axis], keepDims: false });
    const shares = of('RealDiv', { a: powers, b: of('Reshape', { x: sum }, { shape: across }) });
    for (const { dataId } of made) if (dataId !== shares.dataId) given.backend.disposeData(dataId);
    return shares;
  };
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
