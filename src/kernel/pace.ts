import type { FromKernel } from '../protocol.ts';

/** Milliseconds between two states of one figure, or of the progress: more than a screen shows. */
const between = 30;

/**
 * A way to post that a fast loop cannot flood: of a figure or a progress that changes more often than a screen shows,
 * only the last state is sent. The order stays: whatever else is said, what waits goes before it.
 */
export function paced(
  post: (message: FromKernel) => void,
  now: () => number,
  later: (work: () => void, milliseconds: number) => unknown = setTimeout,
): (message: FromKernel) => void {
  const waiting = new Map<string, FromKernel>();
  const sent = new Map<string, number>();
  let asked = false;

  function flush(): void {
    for (const [key, message] of waiting) {
      sent.set(key, now());
      post(message);
    }
    waiting.clear();
  }

  function wait(key: string, message: FromKernel): void {
    // As it is now: the cell may go on to change what it showed.
    waiting.set(key, structuredClone(message));
    if (asked) return;
    asked = true;
    later(() => {
      asked = false;
      flush();
    }, between);
  }

  return (message) => {
    const key = keyOf(message);
    if (message.type === 'run-start') sent.clear();
    if (key === undefined) {
      flush();
      post(message);
    } else if (now() - (sent.get(key) ?? Number.NEGATIVE_INFINITY) < between) wait(key, message);
    else {
      waiting.delete(key);
      sent.set(key, now());
      post(message);
    }
  };
}

/** What a later message of the same key replaces; undefined for what must be heard. */
function keyOf(message: FromKernel): string | undefined {
  if (message.type === 'output') return `output ${message.shown.id}`;
  if (message.type === 'progress') return 'progress';
  return undefined;
}
