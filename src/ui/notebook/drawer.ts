/** After a drawing the thread is the reader's for so many times as long as it took. */
const rest = 3;
/** A screen shows so often, in milliseconds; where none does, nobody waits longer than this. */
const screen = { shows: 16, patience: 500 };

/** One turn of the event loop, in which clicks and keys come first. */
const turn = () => new Promise<void>((done) => setTimeout(done));

/**
 * Draws one thing at a time: of several states of a name only the last, and never so often that the page has no time
 * for its reader. `draw` is done elsewhere and gives what puts the drawing into the page. That, and what the browser
 * does to show it, costs the page: what takes long is drawn less often.
 */
export function createDrawer(draw: (id: string) => Promise<() => void>) {
  const waiting = new Set<string>();
  let drawing: Promise<void> | undefined;
  let free = 0;
  let hurried = false;
  let hurry = () => {};

  /** Resolves when `act` says so, or when all is to be drawn at once. */
  const until = (act: (done: () => void) => void) =>
    new Promise<void>((done) => {
      hurry = done;
      if (hurried) done();
      else act(done);
    });
  const shown = () =>
    until((done) => {
      requestAnimationFrame(() => setTimeout(done));
      setTimeout(done, screen.patience);
    });

  async function next(id: string): Promise<void> {
    const put = await draw(id);
    await until((done) => setTimeout(done, Math.max(0, free - performance.now())));
    const began = performance.now();
    put();
    await shown();
    const now = performance.now();
    free = now + rest * Math.max(0, now - began - screen.shows);
    await turn();
  }

  async function all(): Promise<void> {
    try {
      for (const id of waiting) {
        waiting.delete(id);
        await next(id);
      }
    } finally {
      drawing = undefined;
    }
  }

  const begin = () => (drawing ??= all());

  return {
    add(id: string): void {
      waiting.add(id);
      void begin();
    },
    /** Draws all that waits, one a turn; resolves when nothing does. */
    async flush(): Promise<void> {
      hurried = true;
      hurry();
      await drawing;
      hurried = false;
    },
  };
}
