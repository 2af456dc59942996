import { pathOf } from '../../offline/release.ts';

/** A page first shows itself; what it keeps for later must not compete with that. */
const patience = 2500;

/**
 * Keeps the page and what its notebook runs on for a time without network, and says when a newer release is ready.
 * Nothing but that depends on it: where a browser has no service worker, or refuses, the site works as before.
 */
export function offline(document: Document, root: string): void {
  const { serviceWorker } = navigator;
  if (!serviceWorker || location.protocol === 'file:') return;
  const begin = () => setTimeout(() => void start(document, root, serviceWorker).catch(() => {}), patience);
  if (document.readyState === 'complete') begin();
  else addEventListener('load', begin, { once: true });
}

async function start(document: Document, root: string, workers: ServiceWorkerContainer): Promise<void> {
  const registration = await workers.register(`${root}sw.js`, { updateViaCache: 'none' });
  announceNext(document, registration, workers);
  const { active } = await workers.ready;
  const { connection } = navigator as unknown as { connection?: { saveData?: boolean } };
  if (connection?.saveData) return;
  const keep = pathOf(location.href, root);
  const assets = document.querySelector<HTMLElement>('[data-assets]')?.dataset.assets?.split(' ') ?? [];
  active!.postMessage({ keep, assets: assets.filter(Boolean) });
}

/** A newer release waits until no page of the older one is open, or until the reader asks for it. */
function announceNext(
  document: Document,
  registration: ServiceWorkerRegistration,
  workers: ServiceWorkerContainer,
): void {
  const say = () => {
    if (!registration.waiting || !workers.controller || document.querySelector('.next-release')) return;
    const note = document.createElement('p');
    note.className = 'next-release';
    note.setAttribute('role', 'status');
    const button = document.createElement('button');
    button.type = 'button';
    button.textContent = 'Use it';
    button.addEventListener('click', () => {
      workers.addEventListener('controllerchange', () => location.reload(), { once: true });
      registration.waiting?.postMessage({ takeOver: true });
    });
    note.append('A newer version of the library is ready. ', button);
    document.body.append(note);
  };
  say();
  registration.addEventListener('updatefound', () => {
    const { installing } = registration;
    installing?.addEventListener('statechange', () => installing.state === 'installed' && say());
  });
}
