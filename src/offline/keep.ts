import { hashOf, type Release } from './release.ts';

/** Why a file could not be kept. */
export type Trouble = 'other release' | 'network' | 'full';

export class KeepError extends Error {
  readonly trouble: Trouble;
  readonly path: string;
  constructor(trouble: Trouble, path: string, message: string) {
    super(message);
    this.name = 'KeepError';
    this.trouble = trouble;
    this.path = path;
  }
}

/** Puts a response whose bytes are those of the release into the cache, under the file's plain address. */
export async function put(
  cache: Cache,
  scope: string,
  path: string,
  bytes: ArrayBuffer,
  type: string,
): Promise<void> {
  const headers = { 'content-type': type, 'content-length': String(bytes.byteLength) };
  try {
    await cache.put(addressOf(scope, path), new Response(bytes, { headers }));
  } catch (error) {
    throw new KeepError('full', path, (error as Error).message);
  }
}

export const addressOf = (scope: string, path: string): string =>
  scope + path.split('/').map(encodeURIComponent).join('/');

/** Fetches a file of the release and keeps it. @throws KeepError when the host has another file there by now. */
export async function keep(cache: Cache, release: Release, scope: string, path: string): Promise<void> {
  const response = await fetch(addressOf(scope, path), { cache: 'no-cache' }).catch((error) => {
    throw new KeepError('network', path, (error as Error).message);
  });
  if (!response.ok) throw new KeepError('network', path, `the host answered ${response.status}`);
  const bytes = await response.arrayBuffer();
  if ((await hashOf(bytes)) !== release.files[path][0])
    throw new KeepError('other release', path, 'the host has another version by now');
  await put(cache, scope, path, bytes, response.headers.get('content-type') ?? 'application/octet-stream');
}
