/**
 * The service worker: answers from what is kept of its own release, else from the network. It is written so that
 * whatever fails means "not offline", never "broken": a kept file is given only if its bytes are the release's, and a
 * page of another release (whose scripts name theirs: `?v=`) passes by it.
 */
import { addressOf, keep, put } from './keep.ts';
import { cacheName, filesOfPage, hashOf, isChrome, isOurs, pathOf, type Release } from './release.ts';

// The worker's own scope; the project has the types of pages only.
interface Worker {
  registration: { scope: string };
  release: Release;
  skipWaiting(): Promise<void>;
  addEventListener(type: string, listen: (event: any) => void): void;
}
const worker = self as unknown as Worker;
const { release } = worker;
const scope = worker.registration.scope;
const open = () => caches.open(cacheName(scope, release.id));
const ours = async () => (await caches.keys()).filter((name) => isOurs(name, scope));

/** What is kept of the releases before, and is no other in this one, is taken over; the rest of it is fetched anew. */
async function install(): Promise<void> {
  const cache = await open();
  const wanted = new Set(Object.keys(release.files).filter(isChrome));
  for (const name of await ours()) {
    const old = await caches.open(name);
    for (const { url } of await old.keys()) {
      const path = pathOf(url, scope);
      if (!path || !(path in release.files) || (await cache.match(addressOf(scope, path)))) continue;
      wanted.add(path);
      const kept = await old.match(url);
      const bytes = await kept!.arrayBuffer();
      if ((await hashOf(bytes)) === release.files[path][0])
        await put(cache, scope, path, bytes, kept!.headers.get('content-type')!);
    }
  }
  for (const path of wanted)
    if (!(await cache.match(addressOf(scope, path)))) await keep(cache, release, scope, path);
}

async function activate(): Promise<void> {
  for (const name of await ours()) if (name !== cacheName(scope, release.id)) await caches.delete(name);
}

/** A kept file, if its bytes are still those of the release; a damaged one is thrown away. */
async function kept(path: string): Promise<Response | undefined> {
  const cache = await open();
  const found = await cache.match(addressOf(scope, path));
  if (!found) return undefined;
  const bytes = await found.clone().arrayBuffer();
  if ((await hashOf(bytes)) === release.files[path][0]) return found;
  await cache.delete(addressOf(scope, path));
  return undefined;
}

async function fromNetwork(request: Request, path: string): Promise<Response> {
  const response = await fetch(request);
  if (response.ok && !response.redirected) {
    const type = response.headers.get('content-type') ?? '';
    const copy = response.clone();
    void copy
      .arrayBuffer()
      .then(async (bytes) => {
        if ((await hashOf(bytes)) === release.files[path][0])
          await put(await open(), scope, path, bytes, type);
      })
      .catch(() => {}); // A full disk costs the reader nothing but this file offline.
  }
  return response;
}

const redirect = (path: string, search = '') => Response.redirect(addressOf(scope, path) + search, 302);

async function answer(request: Request): Promise<Response> {
  const path = pathOf(request.url, scope)!;
  const isPage = request.mode === 'navigate';
  const known = path in release.files;
  if (known) {
    const found = await kept(path).catch(() => undefined);
    if (found) return found;
  }
  try {
    return known ? await fromNetwork(request, path) : await fetch(request);
  } catch (error) {
    if (!isPage) throw error;
    // Without its last slash, or without .html, a page's own links would lead astray.
    for (const other of [`${path}/index.html`, `${path}.html`])
      if (other in release.files) return redirect(other);
    return redirect('offline/index.html', `?missing=${encodeURIComponent(path)}`);
  }
}

worker.addEventListener('install', (event) => event.waitUntil(install()));
worker.addEventListener('activate', (event) => event.waitUntil(activate()));
worker.addEventListener('message', (event) => {
  const {
    takeOver,
    keep: page,
    assets,
  } = event.data as {
    takeOver?: boolean;
    keep?: string;
    assets?: string[];
  };
  if (takeOver) void worker.skipWaiting();
  if (page) event.waitUntil(keepPage(page, assets ?? []));
});
worker.addEventListener('fetch', (event) => {
  const request = event.request as Request;
  if (request.method !== 'GET' || !pathOf(request.url, scope)) return;
  const version = new URL(request.url).searchParams.get('v');
  if (version && version !== release.id) return;
  event.respondWith(answer(request));
});

/** Keeps a visited page with what its notebook needs; what cannot be had is left to the next visit. */
async function keepPage(page: string, assets: string[]): Promise<void> {
  const cache = await open();
  for (const path of filesOfPage(release, page, assets)) {
    if (await cache.match(addressOf(scope, path))) continue;
    const stop = await keep(cache, release, scope, path).then(
      () => false,
      () => true,
    );
    if (stop) return;
  }
}
