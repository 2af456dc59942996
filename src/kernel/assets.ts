import { LabError } from '../lab/host.ts';
import type { FromKernel, ToKernel } from '../protocol.ts';

type Arrival = Extract<ToKernel, { type: 'asset' }>;

export interface Assets {
  /** The bytes of a file of the site; asked for once, then from memory. */
  get(name: string): Promise<ArrayBuffer>;
  /** Takes what the page sends; a file that nobody here asked for is passed over. */
  arrived(message: Arrival): void;
}

/** The kernel has no network: it asks its page for files, over http, from the disk or from a cache alike. */
export function createAssets(post: (message: FromKernel) => void): Assets {
  const known = new Map<string, { promise: Promise<ArrayBuffer>; arrived: Assets['arrived'] }>();

  function ask(name: string) {
    const { promise, resolve, reject } = Promise.withResolvers<ArrayBuffer>();
    const arrived = ({ bytes, error }: Arrival) => {
      if (bytes) return resolve(bytes);
      known.delete(name); // so that a second run asks again
      const why = `the file ${name} could not be loaded: ${error ?? 'no reason given'}`;
      reject(new LabError(why, 'Mend the name, or run again when the site can be reached.'));
    };
    known.set(name, { promise, arrived });
    post({ type: 'want', name });
    return promise;
  }
  return {
    get: (name) => known.get(name)?.promise ?? ask(name),
    arrived: (message) => known.get(message.name)?.arrived(message),
  };
}
