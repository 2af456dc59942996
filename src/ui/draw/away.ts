import type { Painted, Task } from '../../draw/painter.ts';
import { bootText, loadScript } from '../notebook/site.ts';

declare global {
  interface Window {
    /** Left by `draw.js` where it is a script of the page. */
    paint?: (task: Task) => Painted;
  }
}

/** Draws on the page's own thread, where a worker cannot be had. */
async function onPage(task: Task): Promise<Painted> {
  await loadScript('draw.js');
  return window.paint!(task);
}

/** Milliseconds until the page draws by itself. */
const patience = 10_000;

interface Asked {
  /** The task with its output, whoever keeps it. */
  whole: Task;
  done(painted: Painted): void;
  failed(error: Error): void;
}

/**
 * The worker that draws: a figure takes as long as ten clicks may wait, and so does not hold the page's thread. When
 * the worker never starts, or breaks, the page draws what waits and all that follows.
 */
export class Away {
  private readonly waiting = new Map<number, Asked>();
  private starting: Promise<Worker | undefined> | undefined;
  private asked = 0;
  /** Whether the page draws. */
  private given = false;

  warm(): Promise<Worker | undefined> {
    this.starting ??= this.start().catch(() => undefined);
    return this.starting;
  }

  /** `lean`: what the worker is sent where it has the output already. */
  async ask(whole: Task, lean: Task = whole): Promise<Painted> {
    const worker = await this.warm();
    if (!worker || this.given) return onPage(whole);
    return new Promise((done, failed) => {
      this.waiting.set(this.asked, { whole, done, failed });
      worker.postMessage({ id: this.asked++, task: lean });
    });
  }

  /** Resolves when the worker says that it is there. @throws when it does not within some seconds. */
  private async start(): Promise<Worker> {
    const url = URL.createObjectURL(new Blob([await bootText('draw')], { type: 'text/javascript' }));
    const worker = new Worker(url);
    await new Promise<void>((done, failed) => {
      const give = () => {
        worker.terminate();
        failed(new Error('no worker draws'));
      };
      const timer = setTimeout(give, patience);
      worker.onerror = (event) => {
        event.preventDefault();
        clearTimeout(timer);
        give();
      };
      worker.onmessage = () => {
        clearTimeout(timer);
        done();
      };
    });
    worker.onmessage = ({ data: { id, painted, error } }) => {
      const asked = this.waiting.get(id);
      this.waiting.delete(id);
      if (painted) asked?.done(painted);
      else asked?.failed(new Error(error));
    };
    worker.onerror = (event) => {
      event.preventDefault();
      this.giveUp(worker);
    };
    return worker;
  }

  private giveUp(worker: Worker): void {
    worker.terminate();
    this.given = true;
    const left = [...this.waiting.values()];
    this.waiting.clear();
    for (const { whole, done, failed } of left) void onPage(whole).then(done, failed);
  }
}
