/** (6): the λ from which a class of n among N samples vanishes. */
export function threshold(n: number, N: number, M: number) {
  const c = (M - 1) ** (M - 1) / M ** (2 * M);
  return (c * n ** M) ** (1 / (M + 1)) / N;
}

/** s, the largest root of (5), by Newton; 0 beyond (6). */
export function strength(
  n: number,
  N: number,
  M: number,
  decay: number, // λ
) {
  if (decay >= threshold(n, N, M)) return 0;
  let s = n ** (0.5 / (M + 1));
  for (let i = 0; i < 60; i++) {
    const power = s ** (M - 1);
    const value = power * (s ** (M + 1) - Math.sqrt(n)) + N * decay;
    const root = (M - 1) * Math.sqrt(n) * s ** (M - 2);
    s -= value / (2 * M * s ** (2 * M - 1) - root);
  }
  return s;
}

/** Lengths of class mean, s/√n, and classifier row, sᴹ. */
export function lengths(
  n: number,
  N: number,
  M: number,
  decay: number,
) {
  const s = strength(n, N, M, decay);
  return { n, mean: s / Math.sqrt(n), row: s ** M };
}
