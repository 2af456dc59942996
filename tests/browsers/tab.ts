/** A browser that runs, as its tests drive it: Firefox and WebKit speak two protocols. */
export interface Browser {
  /** "Firefox 153.7.0" */
  name: string;
  /** Opens a page and waits until it is loaded. */
  open(url: string): Promise<void>;
  /** Calls a function in the page with data, and waits for what it returns. It sees nothing of where it is written. */
  call<A extends unknown[], R>(work: (...args: A) => R | Promise<R>, ...args: A): Promise<R>;
  /** Types keys into what has the focus; Enter is '\n'. */
  type(keys: string): Promise<void>;
  /** Errors of the console and of scripts since this was last asked. */
  faults(): string[];
  /** A picture of the window, as PNG. */
  picture(): Promise<Buffer>;
  close(): Promise<void>;
}

/** How long a command may take: a run on a busy machine. */
export const patience = 180_000;
