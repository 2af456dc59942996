/**
 * A fixed amount of work like a notebook's: products of small matrices, and many small objects, as the bookkeeping of
 * TensorFlow.js makes them. Its time on two machines tells how much longer a run takes on one of them.
 */
const size = 48;

function work(): number {
  const [a, b, c] = [0, 0, 0].map(() => new Float32Array(size * size).fill(0.5));
  for (let i = 0; i < size; i++)
    for (let k = 0; k < size; k++)
      for (let j = 0; j < size; j++) c[i * size + j] += a[i * size + k] * b[k * size + j];
  let sum = c[7];
  for (let i = 0; i < 4000; i++) {
    const shape = [i, i + 1];
    const info = new Map([[`d${i % 97}`, { shape, size: shape.reduce((x, y) => x + y, 0) }]]);
    for (const { size } of info.values()) sum += size % 3;
  }
  return sum;
}

/** Milliseconds of that work here, the least of twelve; some fifteen milliseconds in all. */
export function probeDevice(now: () => number = () => performance.now()): number {
  let least = Number.POSITIVE_INFINITY;
  for (let i = 0; i < 12; i++) {
    const began = now();
    work();
    least = Math.min(least, now() - began);
  }
  return least;
}
