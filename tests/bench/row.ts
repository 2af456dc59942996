/** One measured bar: what was found, what is asked, whether it holds. */
export interface Bar {
  what: string;
  found: string;
  asked: string;
  holds: boolean;
}

const kilobytes = (bytes: number) => `${(bytes / 1000).toFixed(1)} kB`;

/** A size against its bar, both in bytes. */
export const atMost = (what: string, bytes: number, bar: number): Bar => ({
  what,
  found: kilobytes(bytes),
  asked: `at most ${kilobytes(bar)}`,
  holds: bytes <= bar,
});

/** The bars as a table, the ones that do not hold marked. */
export function print(title: string, bars: Bar[]): void {
  console.log(`\n${title}`);
  const width = Math.max(...bars.map(({ what }) => what.length));
  for (const { what, found, asked, holds } of bars) {
    console.log(`  ${holds ? '✓' : '✗'} ${what.padEnd(width)}  ${found.padStart(12)}  ${asked}`);
  }
}
