/** Bytes into text and back, with the browser's own compression. */

/** As base64. */
export async function base64Of(bytes: BlobPart): Promise<string> {
  const reader = new FileReader();
  const done = new Promise<string>((resolve, reject) => {
    reader.onload = () => resolve(reader.result as string);
    reader.onerror = () => reject(new Error('the browser could not read what it had made'));
  });
  reader.readAsDataURL(new Blob([bytes]));
  return (await done).split(',')[1] ?? '';
}

/** Compressed, as base64. */
export async function packed(bytes: BlobPart): Promise<string> {
  const stream = new Blob([bytes]).stream().pipeThrough(new CompressionStream('gzip'));
  return base64Of(await new Response(stream).arrayBuffer());
}

/** What `packed` had packed. */
export function unpacked(base64: string): Promise<ArrayBuffer> {
  const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
  return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'))).arrayBuffer();
}

export const unpackedText = async (base64: string): Promise<string> =>
  new TextDecoder().decode(await unpacked(base64));
