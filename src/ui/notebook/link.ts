import type { FromKernel, ToKernel } from '../../protocol.ts';
import { asset, bootText } from './site.ts';

/** A kernel in a worker, as the page talks to it. */
export interface Link {
  send(message: ToKernel): void;
  /** Ends the worker at once, whatever it is doing. */
  end(): void;
}

/** Starts a worker with the kernel; answers its wishes for files; hands on what else it says. */
export async function openLink(hear: (message: FromKernel) => void): Promise<Link> {
  const url = URL.createObjectURL(new Blob([await bootText()], { type: 'text/javascript' }));
  const worker = new Worker(url);
  const send = (message: ToKernel, transfer: Transferable[] = []) => worker.postMessage(message, transfer);
  worker.onmessage = ({ data }: MessageEvent<FromKernel>) => {
    if (data.type === 'want') void answer(data.name, send);
    else hear(data);
  };
  worker.onerror = (event) => {
    event.preventDefault();
    hear({
      type: 'failed',
      error: {
        kind: 'throw',
        message: `the kernel could not start or broke: ${event.message ?? 'no reason given'}`,
        hint: 'Reload the page; if it happens again, try another browser.',
      },
    });
  };
  return {
    send,
    end: () => {
      worker.terminate();
      URL.revokeObjectURL(url);
    },
  };
}

async function answer(
  name: string,
  send: (message: ToKernel, transfer?: Transferable[]) => void,
): Promise<void> {
  try {
    const bytes = await asset(name);
    send({ type: 'asset', name, bytes }, [bytes]);
  } catch (error) {
    send({ type: 'asset', name, error: (error as Error).message });
  }
}
