import type {
  BackendName,
  CellError,
  FromKernel,
  Notebook,
  Settings,
  ToKernel,
  Verdict,
} from '../../protocol.ts';
import type { Link } from './link.ts';
import { openLink } from './link.ts';

/** What the page wants to know of its kernel's life. */
export interface Listener {
  message(message: FromKernel): void;
  /** The kernel broke or was ended; a next run starts another. */
  broken(error: CellError): void;
  /** It has not answered for some seconds. */
  silent(running: boolean): void;
}

export interface Start {
  backend?: BackendName;
  allowSoftware?: boolean;
}

const patience = { stop: 1000, silence: 8000 };

/**
 * The life of one kernel: started when first needed, replaced when it breaks, loops for ever or loses its device.
 * Numbers the runs; results of a superseded one are dropped here.
 */
export function createRunner(first: Notebook, listener: Listener, start: Start) {
  let notebook = first;
  let link: Link | undefined;
  let opening: Promise<Link> | undefined;
  /** A kernel after the first need not prove the same device again; one that was lost must. */
  let proved: Verdict | undefined;
  let run = 0;
  let running = false;
  let heard = performance.now();
  let timer: ReturnType<typeof setInterval> | undefined;

  function hear(message: FromKernel): void {
    heard = performance.now();
    if ('run' in message && message.run !== run) return;
    if (message.type === 'run-end') setRunning(false);
    if (message.type === 'opened') proved = message.verdict;
    if (message.type === 'device-lost') proved = undefined;
    listener.message(message);
    if (message.type === 'failed') drop(message.error);
    if (message.type === 'device-lost') {
      drop({
        kind: 'device',
        message: `the GPU was lost (${message.reason || 'the browser gives no reason'})`,
        hint: 'Run again: a new kernel starts, on WASM if the GPU does not come back.',
      });
    }
  }

  function setRunning(on: boolean): void {
    running = on;
    clearInterval(timer);
    heard = performance.now();
    if (on) timer = setInterval(() => listener.silent(performance.now() - heard > patience.silence), 1000);
  }

  /** Ends the kernel; the next run starts another. */
  function drop(error: CellError): void {
    link?.end();
    link = opening = undefined;
    setRunning(false);
    listener.broken(error);
  }

  function open(): Promise<Link> {
    opening ??= openLink(hear).then((opened) => {
      link = opened;
      opened.send({ type: 'open', ...start, proved });
      opened.send({ type: 'load', notebook });
      return opened;
    });
    return opening;
  }

  /** A run that another has superseded while the kernel opened is not sent: it would come after that one, and end it. */
  async function send(message: Extract<ToKernel, { type: 'run' }>): Promise<void> {
    const opened = link ?? (await open());
    if (message.run === run) opened.send(message);
  }

  return {
    /** Loads the kernel before it is asked for. */
    warm: () => void open().catch((error) => drop({ kind: 'throw', message: (error as Error).message })),
    /** Other texts of the cells, from the next run on. A kernel in the middle of a run is ended: its cells change under it. */
    use(next: Notebook): void {
      if (next === notebook) return;
      notebook = next;
      if (!running) {
        link?.send({ type: 'load', notebook });
        return;
      }
      link?.end();
      link = opening = undefined;
    },
    /** Starts a run; one that is on is superseded. */
    run(settings: Settings, force = false): void {
      run += 1;
      setRunning(true);
      send({ type: 'run', run, settings, force }).catch((error) =>
        drop({ kind: 'throw', message: (error as Error).message }),
      );
    },
    /** Asks politely; after a second ends the kernel. */
    stop(): void {
      const asked = run;
      void link?.send({ type: 'stop', run });
      setTimeout(() => {
        if (running && run === asked)
          drop({
            kind: 'loop',
            message: 'the cell did not answer to Stop and its kernel was ended',
            hint: 'Is there a loop without steps or await? Run starts a new kernel.',
          });
      }, patience.stop);
    },
    /** Another backend from the next run on. */
    restart(next: Start): void {
      Object.assign(start, next);
      link?.end();
      link = opening = undefined;
      setRunning(false);
    },
  };
}
