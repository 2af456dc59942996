/** After a drawing the thread is the reader's for so many times as long as it took. */
const rest = 3;

/** One turn of the event loop, in which clicks and keys come first. */
const turn = () => new Promise<void>((done) => setTimeout(done));

/**
 * Draws one thing at a time, at a frame of its own: of several states of a name only the last, and never so often
 * that the page has no time for its reader. A figure that takes long is drawn less often.
 */
export function createDrawer(draw: (id: string) => void) {
  const waiting = new Set<string>();
  let asked = false;
  let free = 0;

  function next(): void {
    const [id] = waiting;
    if (id === undefined) return;
    waiting.delete(id);
    const began = performance.now();
    draw(id);
    const now = performance.now();
    free = now + rest * (now - began);
  }

  function ask(): void {
    if (asked || waiting.size === 0) return;
    asked = true;
    setTimeout(
      () =>
        requestAnimationFrame(() => {
          asked = false;
          next();
          ask();
        }),
      Math.max(0, free - performance.now()),
    );
  }

  return {
    add(id: string): void {
      waiting.add(id);
      ask();
    },
    /** Draws all that waits, one a turn; resolves when nothing does. */
    async flush(): Promise<void> {
      while (waiting.size > 0) {
        next();
        await turn();
      }
    },
  };
}
