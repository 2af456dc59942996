/** Where the site lies and how its files are had: over http by fetch, from the disk as scripts that carry them. */

declare global {
  interface Window {
    /** Papers as `_site/papers/<slug>.js` leaves them. */
    workingPapers?: Record<string, PaperScript>;
    /** Texts and bytes as their `.js` twins leave them, for pages opened from the disk. */
    siteText?: Record<string, string>;
    siteAsset?: Record<string, string>;
    /** Where the page is one file that was taken along: gives what it carries, by the name it has on the site. */
    carried?: (name: string) => Promise<ArrayBuffer>;
  }
}

import type { Notebook, Recording } from '../../protocol.ts';

export interface PaperScript {
  notebook: Notebook;
  recording: Recording;
}

export const fromDisk = location.protocol === 'file:';

/** The folder of the site's scripts, ending in `_site/`. Read while this script loads: later there is no current script. */
const from = (document.currentScript as HTMLScriptElement | null)?.src;
/** What a page carries it runs from a blob, which lies in no folder. */
const own = new URL(from && !from.startsWith('blob:') ? from : location.href);
const scripts = new URL('.', own).href;
/** `?v=` and the release that this script is of: every file that it asks for is to be of the same. */
const version = /^\?v=\w+$/.test(own.search) ? own.search : '';
/** The root of the site. */
export const root = new URL('..', scripts).href;

const loading = new Map<string, Promise<void>>();

/** Adds a script of the site to the page, once. @throws with its name when it does not load. */
export function loadScript(name: string): Promise<void> {
  const known = loading.get(name);
  if (known) return known;
  const promise = addressOf(name).then((address) => addScript(address, name));
  loading.set(name, promise);
  promise.catch(() => loading.delete(name));
  return promise;
}

function addScript(address: string, name: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const element = document.createElement('script');
    element.src = address;
    element.onload = () => resolve();
    element.onerror = () => reject(new Error(`the file ${name} could not be loaded`));
    document.head.append(element);
  });
}

async function addressOf(name: string): Promise<string> {
  if (!window.carried) return scripts + name + version;
  return URL.createObjectURL(new Blob([await window.carried(name)], { type: 'text/javascript' }));
}

/** The compiled notebook and recording of a paper. */
export async function paper(slug: string): Promise<PaperScript> {
  await loadScript(`papers/${slug}.js`);
  return window.workingPapers![slug];
}

/** The bytes of a file: `data/mnist-8.safetensors.gz` from the site's root, anything else from beside the scripts. */
export async function asset(name: string): Promise<ArrayBuffer> {
  if (window.carried) return window.carried(name);
  if (fromDisk) return assetFromDisk(name);
  const response = await fetch((name.startsWith('data/') ? root : scripts) + name + version);
  if (!response.ok) throw new Error(`${name}: the host answered ${response.status} ${response.statusText}`);
  return response.arrayBuffer();
}

async function assetFromDisk(name: string): Promise<ArrayBuffer> {
  const script = /^([\w-]+)\.js$/.exec(name);
  if (script) {
    await loadScript(`${script[1]}.text.js`);
    return new TextEncoder().encode(window.siteText![script[1]]).buffer as ArrayBuffer;
  }
  await loadScript(`assets/${name}.js`);
  return Uint8Array.from(atob(window.siteAsset![name]), (char) => char.charCodeAt(0)).buffer;
}

/**
 * The first line of a worker, the kernel's or the one that draws. A worker is made from a blob, so that it inherits
 * this page's Content-Security-Policy: one started by URL would have none on a static host.
 */
export async function bootText(name: 'kernel' | 'draw'): Promise<string> {
  if (window.carried) return new TextDecoder().decode(await window.carried(`${name}.js`));
  if (!fromDisk) return `importScripts(${JSON.stringify(`${scripts}${name}.js${version}`)})`;
  await loadScript(`${name}.text.js`);
  return window.siteText![name];
}
