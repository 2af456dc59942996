import type { CellError } from '../protocol.ts';

/** Too many bytes in tensors: thrown by the engine's watch before the machine runs out. */
export class MemoryError extends Error {
  constructor(bytes: number, limit: number) {
    super(
      `the tensors of this run hold ${megabytes(bytes)} MB, more than the ${megabytes(limit)} MB a notebook may use`,
    );
    this.name = 'MemoryError';
  }
}
const megabytes = (bytes: number) => Math.round(bytes / 2 ** 20);

const outOfMemory =
  /out of memory|allocation failed|invalid array length|array buffer allocation|could not allocate/i;
const lostDevice = /device (is |was )?lost|valid external instance reference|GPUDevice/i;

/** An error as the reader sees it, with the line in the author's text. */
export function describeError(error: unknown, cell: string): CellError {
  const message = messageOf(error);
  const hint = hintOf(error);
  return { kind: kindOf(error, message), message, ...(hint ? { hint } : {}), ...placeOf(error, cell) };
}

/** An operation that is given a tensor that was freed fails inside TensorFlow.js, in words of its own. */
const freedTensor = /^Tensor is disposed\.?$|^Cannot read properties of undefined \(reading 'backend'\)$/;

function messageOf(error: unknown): string {
  if (!(error instanceof Error)) return `the cell threw ${String(error)}`;
  return freedTensor.test(error.message) ? 'a tensor is used that was freed before' : error.message;
}

function kindOf(error: unknown, message: string): CellError['kind'] {
  if (error instanceof SyntaxError) return 'syntax';
  if (error instanceof MemoryError || outOfMemory.test(message)) return 'memory';
  if (lostDevice.test(message)) return 'device';
  return 'throw';
}

function hintOf(error: unknown): string | undefined {
  if (error && typeof error === 'object' && 'hint' in error && typeof error.hint === 'string')
    return error.hint;
  if (error instanceof MemoryError)
    return 'Dispose of what is no longer needed: work inside steps or tf.tidy, or use smaller tensors.';
  if (error instanceof Error && freedTensor.test(error.message))
    return 'Tensors that a cell does not export are freed when it ends, also those that its exported functions use: export them, or give them as arguments. Inside steps and tf.tidy, only what is returned or kept stays.';
  if (!(error instanceof Error)) return "Throw an error with a sentence: throw new Error('…').";
  return undefined;
}

/** The innermost place in the cell's own text, from the stack: V8 writes `experiment.ts:12:5`, so do Firefox and Safari. */
function placeOf(error: unknown, cell: string): { line?: number; column?: number } {
  const stack = error instanceof Error ? (error.stack ?? '') : '';
  const file = `${cell}.ts`.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  const found = new RegExp(`${file}:(\\d+)(?::(\\d+))?`).exec(stack);
  return found ? { line: Number(found[1]), column: found[2] ? Number(found[2]) : undefined } : {};
}
