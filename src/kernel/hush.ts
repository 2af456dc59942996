declare const self: DedicatedWorkerGlobalScope;

/** Every line of the console costs the page time, read or not: a cell has so many. */
const most = 300;

/** Keeps a cell that writes to the console, or rejects promises, without end from drowning the page. */
export function hushFloods(): void {
  const methods = console as unknown as Record<string, unknown>;
  let written = 0;
  for (const [name, method] of Object.entries(methods)) {
    if (typeof method !== 'function') continue;
    methods[name] = (...words: unknown[]) => {
      written += 1;
      if (written <= most) method.apply(console, words);
    };
  }
  let rejected = 0;
  self.addEventListener('unhandledrejection', (event) => {
    rejected += 1;
    if (rejected > most) event.preventDefault();
  });
}
