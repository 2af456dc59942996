import { LabError } from '../host.ts';
import { readStored, type StoredFile } from '../safetensors-bytes.ts';

/** Gives the bytes of a file of the site, e.g. "data/mnist-8.safetensors.gz". */
export type Assets = (name: string) => Promise<ArrayBuffer>;
/** Opens a data set by its name in `public/data`, without the ending; read once, then kept. */
export type OpenData = (name: string) => Promise<StoredFile>;

/** Some hosts undo gzip on the way ("Content-Encoding"), so the bytes decide, not the name. */
async function unzip(bytes: ArrayBuffer): Promise<ArrayBuffer> {
  const [first, second] = new Uint8Array(bytes, 0, 2);
  if (first !== 0x1f || second !== 0x8b) return bytes;
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'));
  return new Response(stream).arrayBuffer();
}

/** A reader of `public/data` that keeps what it has read. */
export function createStore(assets: Assets): OpenData {
  const opened = new Map<string, Promise<StoredFile>>();
  const read = async (name: string) => readStored(await unzip(await assets(`data/${name}.safetensors.gz`)));
  return (name) => {
    if (!opened.has(name)) opened.set(name, read(name));
    // A file that could not be read is asked for again next time.
    opened.get(name)!.catch(() => opened.delete(name));
    return opened.get(name)!;
  };
}

/** How many are taken of what there is. @throws when more are asked for than there are, or not a whole number. */
export function take(what: string, asked: number | undefined, there: number): number {
  if (asked === undefined) return there;
  if (Number.isInteger(asked) && asked >= 0 && asked <= there) return asked;
  throw new LabError(
    `${what}: asked for ${asked}, there are ${there}`,
    `Ask for a whole number up to ${there}.`,
  );
}

/** Strings stored as one array of UTF-8 bytes, one string a line. */
export const lines = (file: StoredFile, name: string): string[] =>
  new TextDecoder().decode(file.tensors[name].data as Uint8Array).split('\n');
