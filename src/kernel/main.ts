/** The kernel's entry in a worker: a classic script, started from a blob so that the page's policy holds here too. */
import type { ToKernel } from '../protocol.ts';
import type { Around } from './around.ts';
import { createSession } from './session.ts';
import { createWorkerAround } from './worker-around.ts';

const around: Around = createWorkerAround((name) => files.ask(name));
const session = createSession(around);

/** Files the kernel itself needs before a notebook runs; asked of the page like any other. */
const files = (() => {
  const waiting = new Map<string, (message: Extract<ToKernel, { type: 'asset' }>) => void>();
  return {
    ask: (name: string) =>
      new Promise<ArrayBuffer>((resolve, reject) => {
        waiting.set(name, ({ bytes, error }) =>
          bytes ? resolve(bytes) : reject(new Error(`the file ${name} could not be loaded: ${error}`)),
        );
        around.post({ type: 'want', name });
      }),
    take(message: ToKernel): boolean {
      if (message.type !== 'asset') return false;
      const settle = waiting.get(message.name);
      waiting.delete(message.name);
      settle?.(message);
      return settle !== undefined;
    },
  };
})();

self.onmessage = ({ data }: MessageEvent<ToKernel>) => {
  if (!files.take(data)) session.receive(data);
};
