import type { Genome } from './mechanism';

/** A cell written in one way: either order of two inputs is one. */
export function sorted(genome: Genome) {
  const [i, o, j, p, k, q, l, r] = genome;
  const pair = (a: number, b: number, c: number, d: number) =>
    3 * a + b <= 3 * c + d ? [a, b, c, d] : [c, d, a, b];
  return [...pair(i, o, j, p), ...pair(k, q, l, r)];
}

/** Unordered pairs of (input, operation), of S states. */
function pairs(S: number) {
  const all = Array.from({ length: 3 * S }, (_, k) => k);
  const at = (k: number) => [Math.floor(k / 3), k % 3];
  return all.flatMap((a) =>
    all.slice(a).map((b) => [...at(a), ...at(b)]),
  );
}

/** Every cell once: 21 first blocks, with 45 second blocks each. */
export const space = pairs(2).flatMap((first) =>
  pairs(3).map((second) => [...first, ...second]),
);
export const indexOf = new Map(
  space.map((genome, i) => [genome.join(''), i]),
);
