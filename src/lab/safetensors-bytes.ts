import { LabError } from './host.ts';

/** Little-endian arrays that a safetensors file may hold here. */
const arrays = {
  F32: Float32Array,
  I32: Int32Array,
  U16: Uint16Array,
  U8: Uint8Array,
  I8: Int8Array,
} as const;
export type StoredType = keyof typeof arrays;
export type StoredArray = Float32Array | Int32Array | Uint16Array | Uint8Array | Int8Array;
/** One named array of a file. */
export interface Stored {
  shape: number[];
  data: StoredArray;
}
/** A whole file: named arrays and the strings that describe them. */
export interface StoredFile {
  tensors: Record<string, Stored>;
  metadata: Record<string, string>;
}

interface Entry {
  dtype: string;
  shape: number[];
  data_offsets: [number, number];
}

const headerStart = 8;
const sizeOf = (shape: number[]) => shape.reduce((product, n) => product * n, 1);
const typeOf = (data: StoredArray) =>
  (Object.keys(arrays) as StoredType[]).find((type) => data instanceof arrays[type])!;

function broken(found: string): LabError {
  return new LabError(`safetensors: ${found}`, 'Make the file again with the script that made it.');
}

function readHeader(bytes: Uint8Array): { header: Record<string, unknown>; start: number } {
  if (bytes.byteLength < headerStart)
    throw broken(`a file of ${bytes.byteLength} bytes; the header alone takes more`);
  const length = Number(new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(0, true));
  const start = headerStart + length;
  if (start > bytes.byteLength) throw broken(`a header of ${length} bytes in a file of ${bytes.byteLength}`);
  return { header: JSON.parse(new TextDecoder().decode(bytes.subarray(headerStart, start))), start };
}

function readEntry(name: string, entry: Entry, body: Uint8Array): Stored {
  const type = arrays[entry.dtype as StoredType];
  if (!type) throw broken(`'${name}' has type ${entry.dtype}; read here: ${Object.keys(arrays).join(', ')}`);
  const [from, to] = entry.data_offsets;
  const expected = sizeOf(entry.shape) * type.BYTES_PER_ELEMENT;
  if (to - from !== expected || to > body.byteLength) {
    throw broken(
      `'${name}' of shape [${entry.shape}] needs ${expected} bytes, found ${from} to ${to} of ${body.byteLength}`,
    );
  }
  // Copied, because an offset in a file need not be aligned as typed arrays ask (and a Buffer's slice is no copy).
  return { shape: entry.shape, data: new type(new Uint8Array(body.subarray(from, to)).buffer) };
}

/** The arrays of a safetensors file. @throws when the file is cut short or holds a type not listed above. */
export function readStored(source: ArrayBuffer | Uint8Array): StoredFile {
  const bytes = source instanceof Uint8Array ? source : new Uint8Array(source);
  const { header, start } = readHeader(bytes);
  const body = bytes.subarray(start);
  const { __metadata__: metadata = {}, ...entries } = header as Record<string, Entry> & {
    __metadata__?: unknown;
  };
  const tensors = Object.entries(entries as Record<string, Entry>).map(
    ([name, entry]) => [name, readEntry(name, entry, body)] as const,
  );
  return { tensors: Object.fromEntries(tensors), metadata: metadata as Record<string, string> };
}

/** A safetensors file of the arrays, in the order given. */
export function writeStored(
  tensors: Record<string, Stored>,
  metadata: Record<string, string> = {},
): Uint8Array<ArrayBuffer> {
  const header: Record<string, unknown> = Object.keys(metadata).length ? { __metadata__: metadata } : {};
  let offset = 0;
  for (const [name, { shape, data }] of Object.entries(tensors)) {
    header[name] = { dtype: typeOf(data), shape, data_offsets: [offset, offset + data.byteLength] };
    offset += data.byteLength;
  }
  const text = JSON.stringify(header);
  const unpadded = new TextEncoder().encode(text).byteLength;
  const head = new TextEncoder().encode(text + ' '.repeat((8 - (unpadded % 8)) % 8));
  const bytes = new Uint8Array(headerStart + head.byteLength + offset);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(head.byteLength), true);
  bytes.set(head, headerStart);
  let at = headerStart + head.byteLength;
  for (const { data } of Object.values(tensors)) {
    bytes.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), at);
    at += data.byteLength;
  }
  return bytes;
}
