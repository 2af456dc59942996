/** What a cell never needs and code from elsewhere could misuse. Data reach a cell only through `data` and `weights`. */
const powers = [
  'postMessage',
  'close',
  'fetch',
  'XMLHttpRequest',
  'WebSocket',
  'WebSocketStream',
  'WebTransport',
  'EventSource',
  'importScripts',
  'Worker',
  'SharedWorker',
  'indexedDB',
  'caches',
  'BroadcastChannel',
  'RTCPeerConnection',
  'FileReaderSync',
  'cookieStore',
];
const ofNavigator = [
  'storage',
  'locks',
  'serviceWorker',
  'sendBeacon',
  'usb',
  'hid',
  'serial',
  'permissions',
  'clipboard',
];

/** Takes the powers from this worker's global object and its prototypes, for good. */
export function giveUpPowers(): void {
  for (const name of powers) takeFrom(globalThis, name);
  for (const name of ofNavigator) takeFrom(navigator, name);
}

function takeFrom(holder: object, name: string): void {
  for (let at: object | null = holder; at; at = Object.getPrototypeOf(at)) {
    if (Object.hasOwn(at, name))
      Object.defineProperty(at, name, { value: undefined, writable: false, configurable: false });
  }
}
