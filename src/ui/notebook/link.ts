import type { CellError, FromKernel, ToKernel } from '../../protocol.ts';
import { asset, bootText, fromDisk } from './site.ts';

/** A kernel in a worker, as the page talks to it. */
export interface Link {
  send(message: ToKernel): void;
  /** Ends the worker at once, whatever it is doing. */
  end(): void;
}

/** The files a kernel may ask for: of the site's scripts and of its data, by name, nothing above or beside them. */
const mayAskFor = (name: unknown): name is string =>
  typeof name === 'string' && /^(data\/)?\w[\w-]*(\.\w[\w-]*)+$/.test(name);

/** More messages in a second than any notebook sends: its kernel holds them back. */
const flood = 20_000;

/** Starts a worker with the kernel; answers its wishes for files; hands on what else it says. */
export async function openLink(hear: (message: FromKernel) => void): Promise<Link> {
  const url = URL.createObjectURL(new Blob([await bootText('kernel')], { type: 'text/javascript' }));
  const worker = new Worker(url);
  const send = (message: ToKernel, transfer: Transferable[] = []) => worker.postMessage(message, transfer);
  let since = performance.now();
  let heard = 0;
  let ended = false;
  const end = () => {
    ended = true;
    worker.terminate();
    URL.revokeObjectURL(url);
  };
  worker.onmessage = (event: MessageEvent<FromKernel>) => {
    if (ended) return;
    heard += 1;
    if (performance.now() - since > 1000) {
      since = performance.now();
      heard = 0;
    }
    if (heard > flood) {
      end();
      return hear({ type: 'failed', error: flooded });
    }
    const { data } = event;
    if (data.type === 'want') void answer(data.name, send);
    else if (data.type === 'failed' && fromDisk) hear({ ...data, error: notFromDisk(data.error) });
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
  return { send, end };
}

/** WebKit lets a worker of a page from the disk load nothing, not even what was made in it. */
const notFromDisk = ({ kind, message }: CellError): CellError => ({
  kind,
  message: `from the disk this browser does not start a notebook (${message.replace(/\.$/, '')})`,
  hint: 'Open the page in Chrome, Edge or Firefox, or serve its folder: "npx serve" or "python3 -m http.server" there does.',
});

const flooded: CellError = {
  kind: 'loop',
  message: 'the notebook sent more than a page can take in, and its kernel was ended',
  hint: 'Run starts a new kernel.',
};

async function answer(
  name: string,
  send: (message: ToKernel, transfer?: Transferable[]) => void,
): Promise<void> {
  try {
    if (!mayAskFor(name)) throw new Error('a name of letters, digits, "-" and "." was expected');
    const bytes = await asset(name);
    send({ type: 'asset', name, bytes }, [bytes]);
  } catch (error) {
    send({ type: 'asset', name, error: (error as Error).message });
  }
}
