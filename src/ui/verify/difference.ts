import type { BackendName, Notebook } from '../../protocol.ts';
import { differenceInWords, firstDifference, inStep } from '../../render/difference.ts';
import { type LoneKernel, type Open, openKernel } from '../probe/kernel.ts';

const names: Record<BackendName, string> = { wasm: 'WASM', webgpu: 'WebGPU', cpu: 'CPU' };

/**
 * Runs a notebook at its defaults on `backend` and on another, one after the other, and compares every operation's
 * output. `onKernel` hears of each kernel that is started, so that it can be ended.
 * @throws when a kernel does not start, or is ended.
 */
export async function findDifference(
  notebook: Notebook,
  backend: BackendName,
  open: Open,
  onKernel: (kernel: LoneKernel) => void,
): Promise<string> {
  const reference: BackendName = backend === 'wasm' ? 'cpu' : 'wasm';
  const traced = async (on: BackendName) => {
    const kernel = await openKernel(open, on, true);
    onKernel(kernel);
    try {
      const { backend: opened } = await kernel.verdict;
      if (opened !== on) throw new Error(`${names[on]} cannot be used here`);
      kernel.load(notebook);
      return (await kernel.ask({ settings: {}, cut: inStep.rounds, trace: inStep.operations })).operations;
    } finally {
      kernel.end();
    }
  };
  const [expected, found] = [await traced(reference), await traced(backend)];
  const first = firstDifference(expected, found);
  const both = `${names[reference]} and ${names[backend]}`;
  return first
    ? `First difference between ${both}: ${differenceInWords(first)}.`
    : `${expected.length} operations agree on ${both}, with loops cut after ${inStep.rounds} rounds. What differs comes later: rounding that grows over many steps.`;
}
