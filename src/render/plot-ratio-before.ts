/**
 * Plot reads the screen's pixel ratio once, when it is loaded: on a screen of ratio 1 it moves every line by
 * half a pixel, in Node and on finer screens by none. A figure drawn at build would then jump when a live run
 * replaces it; so, while Plot is loaded (plot-library.ts), every screen counts as a fine one.
 */
const own = Object.getOwnPropertyDescriptor(globalThis, 'devicePixelRatio');

if (own?.configurable)
  Object.defineProperty(globalThis, 'devicePixelRatio', { ...fixed(own), configurable: true });

function fixed({ enumerable }: PropertyDescriptor): PropertyDescriptor {
  return { enumerable, get: () => 2 };
}

/** Gives the page its pixel ratio back. */
export function restore(): void {
  if (own?.configurable) Object.defineProperty(globalThis, 'devicePixelRatio', own);
}
