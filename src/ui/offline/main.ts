/** The page that keeps the whole library on this device: how large, how far, what went wrong; and removes it. */
import { KeepError, keep } from '../../offline/keep.ts';
import { cacheName, isOurs, pathOf, type Release } from '../../offline/release.ts';

const page = document.querySelector<HTMLElement>('[data-offline]');
const root = new URL('..', (document.currentScript as HTMLScriptElement).src).href;
if (page) void offlinePage(page, root);

const megabytes = (bytes: number) => `${(bytes / 1e6).toFixed(1)} MB`;

async function offlinePage(page: HTMLElement, root: string): Promise<void> {
  const one = <T extends HTMLElement>(selector: string) => page.querySelector<T>(selector)!;
  const [save, stop, remove] = ['save', 'stop', 'remove'].map((name) =>
    one<HTMLButtonElement>(`[data-offline-${name}]`),
  );
  const bar = one<HTMLProgressElement>('progress');
  const say = (words: string) => (one('[data-offline-says]').textContent = words);
  const missing = new URLSearchParams(location.search).get('missing');
  if (missing !== null) {
    one('[data-offline-missing]').hidden = false;
    one('[data-offline-missing] code').textContent = missing;
  }
  if (location.protocol === 'file:')
    return void say('You read from the disk: the whole library is here already.');
  if (!navigator.serviceWorker || !('caches' in window))
    return void say(
      'This browser keeps no pages here: that needs an address with https (or localhost), and no private window.',
    );

  let release: Release;
  try {
    release = await (await fetch(`${root}_site/release.json`, { cache: 'no-cache' })).json();
  } catch {
    return void say('Offline. What was kept can be read; to keep more, come back with a network.');
  }
  const total = Object.values(release.files).reduce((sum, [, bytes]) => sum + bytes, 0);
  let stopped = false;

  const cache = () => caches.open(cacheName(root, release.id));
  async function left(): Promise<string[]> {
    const there = new Set((await (await cache()).keys()).map(({ url }) => pathOf(url, root)));
    return Object.keys(release.files).filter((path) => !there.has(path));
  }
  const sizeOf = (paths: string[]) => paths.reduce((sum, path) => sum + release.files[path][1], 0);

  function show(rest: string[], busy: boolean): void {
    const kept = total - sizeOf(rest);
    bar.max = total;
    bar.value = kept;
    bar.hidden = !busy;
    save.hidden = busy || rest.length === 0;
    save.textContent = `Save the library (${megabytes(sizeOf(rest))}${kept > 0 ? ' to go' : ''})`;
    stop.hidden = !busy;
    remove.hidden = busy || kept === 0;
    remove.textContent = `Remove it (${megabytes(kept)})`;
  }

  async function summary(): Promise<void> {
    const rest = await left();
    show(rest, false);
    page.dataset.kept = rest.length === 0 ? 'all' : 'some';
    say(
      rest.length === 0
        ? `The whole library is on this device: ${Object.keys(release.files).length} files, ${megabytes(total)}.`
        : rest.length === Object.keys(release.files).length
          ? 'Nothing is kept on this device yet.'
          : `${megabytes(total - sizeOf(rest))} of ${megabytes(total)} are on this device: what every page needs, and the pages you visited.`,
    );
  }

  const words = {
    full: 'This device has no room for more. Make some, or remove what is kept.',
    network: 'The network failed. What is kept stays; go on when it is back.',
    'other release': 'The host has a newer version by now. Reload this page, and save that one.',
  };
  async function saveAll(): Promise<void> {
    stopped = false;
    void navigator.storage?.persist?.();
    const target = await cache();
    const rest = await left();
    say('Saving.');
    show(rest, true);
    while (rest.length > 0 && !stopped) {
      try {
        await keep(target, release, root, rest[0]);
      } catch (error) {
        const trouble = error instanceof KeepError ? words[error.trouble] : (error as Error).message;
        await summary();
        say(`${trouble} ${megabytes(total - sizeOf(rest))} of ${megabytes(total)} are kept.`);
        return;
      }
      rest.shift();
      show(rest, true);
      say(`${megabytes(total - sizeOf(rest))} of ${megabytes(total)}.`);
    }
    await summary();
  }

  save.addEventListener('click', () => void saveAll());
  stop.addEventListener('click', () => (stopped = true));
  remove.addEventListener('click', async () => {
    for (const name of await caches.keys()) if (isOurs(name, root)) await caches.delete(name);
    await summary();
  });
  await summary();
}
