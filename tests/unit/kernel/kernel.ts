import { compileCell } from '../../../src/compile-cell.ts';
import type { RunResult } from '../../../src/kernel/node.ts';
import { createNodeKernel } from '../../../src/kernel/node.ts';
import type { FromKernel, Settings } from '../../../src/protocol.ts';

/** A kernel in this process, to be given cells as text. */
export function testKernel() {
  const kernel = createNodeKernel('cpu');
  const load = (cells: Record<string, string>) =>
    kernel.load({
      slug: 'test',
      cells: Object.entries(cells).map(([name, text]) => compileCell(name, text)),
    });
  return {
    ...kernel,
    load,
    async runOnce(cells: Record<string, string>, settings: Settings = {}): Promise<RunResult> {
      load(cells);
      return kernel.run(settings);
    },
  };
}

/** Messages of one type, in order. */
export const ofType = <K extends FromKernel['type']>(messages: FromKernel[], type: K) =>
  messages.filter((message): message is Extract<FromKernel, { type: K }> => message.type === type);
