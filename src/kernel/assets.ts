import type { FromKernel, ToKernel } from '../protocol.ts';

export interface Assets {
  /** The bytes of a file of the site; asked for once, then from memory. */
  get(name: string): Promise<ArrayBuffer>;
  arrived(message: Extract<ToKernel, { type: 'asset' }>): void;
}

/** The kernel has no network: it asks its page for files, over http, from the disk or from a cache alike. */
export function createAssets(post: (message: FromKernel) => void): Assets {
  const known = new Map<
    string,
    { promise: Promise<ArrayBuffer>; settle: (message: Extract<ToKernel, { type: 'asset' }>) => void }
  >();

  function ask(name: string) {
    const { promise, resolve, reject } = Promise.withResolvers<ArrayBuffer>();
    const entry = {
      promise,
      settle(message: Extract<ToKernel, { type: 'asset' }>) {
        if (message.bytes) return resolve(message.bytes);
        known.delete(name); // so that a second run asks again
        reject(new Error(`the file ${name} could not be loaded: ${message.error ?? 'no reason given'}`));
      },
    };
    known.set(name, entry);
    post({ type: 'want', name });
    return entry;
  }
  return {
    get: (name) => (known.get(name) ?? ask(name)).promise,
    arrived: (message) => known.get(message.name)?.settle(message),
  };
}
