import { languageNames } from './language-names.ts';

/**
 * What a cell may reach besides the language itself: nothing that loads, stores, sends or starts anything. A list of
 * what stays, for a list of what goes is out of date with the browser's next release. Data reach a cell only through
 * `data` and `weights`.
 */
const ofTheWeb = [
  ...['self', 'console', 'performance', 'crypto', 'navigator', 'location', 'isSecureContext'],
  ...['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'queueMicrotask', 'scheduler'],
  ...['requestAnimationFrame', 'cancelAnimationFrame', 'structuredClone', 'atob', 'btoa'],
  ...['Event', 'EventTarget', 'MessageEvent', 'ErrorEvent', 'DOMException', 'QuotaExceededError'],
  ...[
    'AbortController',
    'AbortSignal',
    'MessageChannel',
    'MessagePort',
    'URL',
    'URLSearchParams',
    'Blob',
    'File',
  ],
  ...['TextEncoder', 'TextDecoder', 'TextEncoderStream', 'TextDecoderStream', 'Response', 'Headers'],
  ...['CompressionStream', 'DecompressionStream', 'ReadableStream', 'WritableStream', 'TransformStream'],
  ...['ImageData', 'ImageBitmap', 'OffscreenCanvas', 'Crypto', 'CryptoKey', 'SubtleCrypto', 'Performance'],
];
/** What the kernel's own scripts share. */
const ofTheKernel = ['_tfGlobals', '_tfengine', 'workingPapersTensorFlow', 'siteWasm', 'workingPapersCell'];
const kept = new Set([...languageNames, ...ofTheWeb, ...ofTheKernel]);

/** Global names that cells share, and none may change. */
export const sharedNames: string[] = [...languageNames, ...ofTheWeb].filter(
  (name) => !['globalThis', 'self', 'location', 'console'].includes(name),
);

const keptFamilies = /^(GPU|WGSL)/;
const keptOfNavigator = new Set([
  ...['gpu', 'hardwareConcurrency', 'deviceMemory', 'userAgent', 'userAgentData', 'appVersion', 'appName'],
  ...['appCodeName', 'platform', 'product', 'vendor', 'language', 'languages', 'onLine', 'constructor'],
]);

/** Without these gone no cell may run: each reaches the network, storage, another thread or the page. */
const mustGo = [
  ...['postMessage', 'fetch', 'XMLHttpRequest', 'WebSocket', 'WebTransport', 'EventSource', 'importScripts'],
  ...['Worker', 'SharedWorker', 'indexedDB', 'caches', 'BroadcastChannel', 'close', 'FontFace', 'fonts'],
];
const mustGoOfNavigator = [
  'storage',
  'storageBuckets',
  'locks',
  'serviceWorker',
  'sendBeacon',
  'permissions',
];

/** Takes the powers from this worker's global object and its prototypes, for good. @throws when one stays. */
export function giveUpPowers(): void {
  strip(globalThis, (name) => kept.has(name) || keptFamilies.test(name));
  strip(navigator, (name) => keptOfNavigator.has(name));
  mustLack(globalThis, mustGo);
  mustLack(navigator, mustGoOfNavigator);
}

/** The objects whose names are this one's own: not what every object or every event target has. */
function* holdersOf(object: object): Generator<object> {
  for (let at: object | null = object; at; at = Object.getPrototypeOf(at)) {
    if (at === Object.prototype || at === EventTarget.prototype) return;
    yield at;
  }
}

function strip(object: object, stays: (name: string) => boolean): void {
  for (const holder of holdersOf(object)) {
    for (const name of Object.getOwnPropertyNames(holder)) {
      if (stays(name) || name === 'constructor') continue;
      // What a browser does not let go is looked at below.
      Reflect.defineProperty(holder, name, { value: undefined, writable: false, configurable: false });
    }
  }
}

function mustLack(object: object, names: string[]): void {
  const left = names.filter((name) => (object as Record<string, unknown>)[name] !== undefined);
  if (left.length > 0) throw new Error(`this browser does not let a notebook give up ${left.join(', ')}`);
}
