/** A value as text for an address: JSON, deflated, in the letters that an address leaves alone. */
export async function packed(value: unknown): Promise<string> {
  const bytes = await through(
    new TextEncoder().encode(JSON.stringify(value)),
    new CompressionStream('deflate-raw'),
  );
  const text = btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
  return text.replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
}

/** @throws when the text is none of `packed`, or unpacks to more than so many bytes. */
export async function unpacked(text: string, most: number): Promise<unknown> {
  const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
  const bytes = Uint8Array.from(binary, (char) => char.charCodeAt(0));
  const plain = await through(bytes, new DecompressionStream('deflate-raw'), most);
  return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(plain));
}

/** What a stream makes of some bytes; read piece by piece, so that a small text cannot fill the memory. */
async function through(
  bytes: Uint8Array<ArrayBuffer>,
  stream: CompressionStream | DecompressionStream,
  most = Number.POSITIVE_INFINITY,
): Promise<Uint8Array<ArrayBuffer>> {
  const reader = new Blob([bytes]).stream().pipeThrough(stream).getReader();
  const parts: Uint8Array<ArrayBuffer>[] = [];
  let size = 0;
  for (let piece = await reader.read(); !piece.done; piece = await reader.read()) {
    parts.push(piece.value);
    size += piece.value.length;
    if (size > most) {
      await reader.cancel();
      throw new RangeError('more than expected');
    }
  }
  return new Uint8Array(await new Blob(parts).arrayBuffer());
}
