/**
 * First and second derivatives against finite differences: the measure, for any backend.
 * Pure: `tf` is given, so that a page can use it on WebGPU.
 */
export type TF = typeof import('@tensorflow/tfjs-core');
export type Tensor = import('@tensorflow/tfjs-core').Tensor;
type F = (x: any) => Tensor;

export interface GradientCase {
  name: string;
  /** The function of one tensor; its output may have any shape. */
  f: F;
  shape: number[];
  /** Values lie between these. */
  range: [number, number];
  /** False where the second derivative is not offered. */
  second: boolean;
}

export interface GradientError {
  first: number;
  /** Absent where the second derivative is not offered. */
  second?: number;
}

/** Fixed numbers between -1 and 1 without a pattern that a wrong axis order would keep. */
export const noise = (n: number, phase = 0): number[] =>
  Array.from({ length: n }, (_, k) => {
    const x = Math.sin((k + 1) * 12.9898 + phase * 78.233) * 43758.5453;
    return 2 * (x - Math.floor(x)) - 1;
  });

/** A case of the tables. */
export const of = (
  name: string,
  f: F,
  shape = [2, 3],
  range: [number, number] = [-1.5, 1.5],
  second = true,
): GradientCase => ({ name, f, shape, range, second });

/** A constant of the tables: fixed noise of that shape. */
export const constant =
  (tf: TF) =>
  (shape: number[], phase = 1): any => {
    const size = shape.reduce((a, b) => a * b, 1);
    return tf.tensor(noise(size, phase), shape);
  };

/** Largest error of the first and second derivative, relative to the largest derivative. */
export async function gradientError(tf: TF, c: GradientCase): Promise<GradientError> {
  const size = c.shape.reduce((a, b) => a * b, 1);
  const [low, high] = c.range;
  const at = noise(size, 5).map((v) => low + ((v + 1) / 2) * (high - low));
  const tensor = (values: number[]) => tf.tensor(values, c.shape);
  const value = (x: Tensor) => {
    const y = c.f(x);
    return tf.sum(tf.mul(y, tf.tensor(noise(y.size, 3), y.shape)));
  };
  const slope = tf.grad(value);
  const read = async (f: (x: Tensor) => Tensor, values: number[]) => {
    const out = tf.tidy(() => f(tensor(values)));
    const data = [...(await out.data())];
    out.dispose();
    return data;
  };
  const first = await directional(size, at, (values) => read(value, values), await read(slope, at));
  if (!c.second) return { first };
  const v = noise(size, 7);
  const hessian = await read(
    tf.grad((x: Tensor) => tf.sum(tf.mul(slope(x), tensor(v)))),
    at,
  );
  return { first, second: worst(hessian, await along((values) => read(slope, values), at, v)) };
}

/** The slope times three directions, against differences of the value. */
async function directional(
  size: number,
  at: number[],
  f: (values: number[]) => Promise<number[]>,
  slope: number[],
) {
  const said: number[] = [];
  const found: number[] = [];
  for (const phase of [11, 12, 13]) {
    const v = noise(size, phase);
    said.push(v.reduce((sum, d, k) => sum + d * slope[k], 0));
    found.push((await along(f, at, v))[0]);
  }
  return worst(said, found);
}

/** d f(at + s v) / ds at 0, by a central difference of fourth order. */
async function along(f: (values: number[]) => Promise<number[]>, at: number[], v: number[], h = 0.03) {
  const shifted = (s: number) => f(at.map((a, k) => a + s * h * v[k]));
  const [far, near, nearBack, farBack] = [
    await shifted(2),
    await shifted(1),
    await shifted(-1),
    await shifted(-2),
  ];
  return near.map((n, k) => (8 * (n - nearBack[k]) - (far[k] - farBack[k])) / (12 * h));
}

function worst(said: number[], found: number[]): number {
  const scale = Math.max(1e-3, ...found.map(Math.abs));
  const errors = said.map((s, k) => Math.abs(s - found[k]) / scale);
  return errors.every(Number.isFinite) ? Math.max(...errors) : Number.POSITIVE_INFINITY;
}
