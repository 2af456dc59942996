import * as tf from '@tensorflow/tfjs';
import { expect, test } from 'vitest';
import {
  type Branch,
  gatedMlp,
  gelu,
  merge,
  mixingCost,
  multiAxis,
  norm,
  partition,
  reachOfOne,
  reachOfTwo,
  restore,
  type Weights,
} from '../../content/papers/maxim/mechanism.ts';
import { closeTo, list, someFrom } from './numbers.ts';

const close = closeTo(4);

// Small numbers that repeat.
const some = someFrom(7);

const branch = (name: string, n: number, C: number): Weights => ({
  [`${name}/up`]: some(C, 2 * C),
  [`${name}/gate`]: some(n, n),
  [`${name}/bias`]: some(n, 1, 1),
  [`${name}/down`]: some(C, C),
});
const layer = (name: string, sizes: [number, number], C: number): Weights => ({
  [`${name}/in`]: some(C, 2 * C),
  ...branch(`${name}/0`, sizes[0] ** 2, C),
  ...branch(`${name}/1`, sizes[1] ** 2, C),
  [`${name}/out`]: some(2 * C, C),
});

/** Where pixel (row, column) of picture 0 lies once cut: place and group, by plain arithmetic. */
function whereTo(axis: 'block' | 'grid', size: number, H: number, W: number, row: number, column: number) {
  const [high, wide] = axis === 'block' ? [size, size] : [H / size, W / size];
  const cell = [Math.floor(row / high), Math.floor(column / wide)];
  const inside = [row % high, column % wide];
  return axis === 'block'
    ? { place: inside[0] * size + inside[1], group: cell[0] * (W / size) + cell[1] }
    : { place: cell[0] * size + cell[1], group: inside[0] * wide + inside[1] };
}

test.each(['block', 'grid'] as const)(
  '%s partition puts each pixel where arithmetic does, and merge undoes it',
  async (axis) => {
    const [B, H, W, C, size] = [2, 6, 8, 3, 2];
    const x = tf.range(0, B * H * W * C).reshape([B, H, W, C]);
    const cut = partition(x, size, axis);
    const groups = (H * W) / size ** 2;
    expect(cut.shape).toEqual([size ** 2, B * groups, C]);
    const found = (await cut.array()) as number[][][];
    const pixels = (await x.array()) as number[][][][];
    for (let picture = 0; picture < B; picture++)
      for (let row = 0; row < H; row++)
        for (let column = 0; column < W; column++) {
          const { place, group } = whereTo(axis, size, H, W, row, column);
          expect(found[place][picture * groups + group]).toEqual(pixels[picture][row][column]);
        }
    close(await list(merge(cut, [B, H, W, C], size, axis)), await list(x));
  },
);

test('norm gives each pixel mean 0 and variance 1, but for ε', async () => {
  const x = tf.tensor2d([
    [1, 2, 3, 6],
    [0, 0.001, 0, 0],
  ]);
  const variance = 0.001 ** 2 * (3 / 16);
  const root = Math.sqrt(variance + 1e-6);
  close(await list(norm(x)), [
    ...[-2, -1, 0, 3].map((d) => d / Math.sqrt(3.5)),
    ...[-0.00025, 0.00075, -0.00025, -0.00025].map((d) => d / root),
  ]);
});

test('gelu is z (1 + tanh √(2/π)(z + 0.044715 z³))/2', async () => {
  const z = [-3, -1, -0.2, 0, 0.5, 2];
  const expected = z.map((v) => (v * (1 + Math.tanh(Math.sqrt(2 / Math.PI) * (v + 0.044715 * v ** 3)))) / 2);
  close(await list(gelu(tf.tensor1d(z))), expected, 5);
});

test('formula (3) by loops over plain arrays', async () => {
  const [n, M, C] = [3, 2, 2];
  const w = branch('a', n, C);
  const x = some(n, M, C);
  const rows = (await x.array()) as number[][][];
  const [up, gate, down] = (await Promise.all(
    ['up', 'gate', 'down'].map((k) => w[`a/${k}`].array()),
  )) as number[][][];
  const bias = await list(w['a/bias']);
  const standard = (v: number[]) => {
    const mean = v.reduce((a, b) => a + b) / v.length;
    const variance = v.reduce((a, b) => a + (b - mean) ** 2, 0) / v.length;
    return v.map((c) => (c - mean) / Math.sqrt(variance + 1e-6));
  };
  const times = (v: number[], m: number[][]) => m[0].map((_, j) => v.reduce((s, c, i) => s + c * m[i][j], 0));
  const soft = (v: number) => (v * (1 + Math.tanh(Math.sqrt(2 / Math.PI) * (v + 0.044715 * v ** 3)))) / 2;
  const wide = rows.map((row) => row.map((pixel) => times(standard(pixel), up).map(soft)));
  const expected = rows.flatMap((row, i) =>
    row.flatMap((pixel, m) => {
      const z = wide[i][m].slice(0, C).map((u, c) => {
        const heard = wide.reduce((s, other, j) => s + gate[i][j] * standard(other[m].slice(C))[c], 0);
        return u * (heard + bias[i] + 1);
      });
      return pixel.map((value, c) => value + times(z, down)[c]);
    }),
  );
  close(await list(gatedMlp(x, w, 'a')), expected, 3);
});

test('formula (4) sends each half along its own axis, and joins and adds them', async () => {
  const C = 3;
  const shape: [number, number, number, number] = [2, 4, 4, C];
  const w = layer('1', [2, 4], C);
  const x = some(...shape);
  const branches: Branch[] = [
    { axis: 'grid', size: 2 },
    { axis: 'block', size: 4 },
  ];
  const wide = gelu(tf.matMul(norm(x).reshape([-1, C]), w['1/in'] as tf.Tensor2D)).reshape([2, 4, 4, 2 * C]);
  const p = merge(
    gatedMlp(partition(wide.slice([0, 0, 0, 0], shape), 2, 'grid'), w, '1/0'),
    shape,
    2,
    'grid',
  );
  const q = merge(
    gatedMlp(partition(wide.slice([0, 0, 0, C], shape), 4, 'block'), w, '1/1'),
    shape,
    4,
    'block',
  );
  const joined = tf.matMul(tf.concat([p, q], 3).reshape([-1, 2 * C]), w['1/out'] as tf.Tensor2D);
  close(await list(multiAxis(x, w, '1', branches)), await list(x.add(joined.reshape(shape))), 4);
});

test('pixels outside block and comb do not hear of a change', async () => {
  const w = layer('1', [2, 2], 2);
  const branches: Branch[] = [
    { axis: 'grid', size: 2 },
    { axis: 'block', size: 2 },
  ];
  const x = some(1, 6, 6, 2);
  const place = tf.oneHot(2, 6).toFloat();
  const pixel = place.reshape([6, 1]).mul(place).expandDims(2);
  const pushed = x.add(pixel.mul(some(2)));
  const moved = multiAxis(pushed, w, '1', branches)
    .sub(multiAxis(x, w, '1', branches))
    .abs()
    .max(3)
    .greater(1e-6);
  const found = (await moved.array()) as unknown as number[][][];
  const heard = found[0].flatMap((row, i) => row.flatMap((on, j) => (on ? [[i, j]] : [])));
  // Block of (2, 2) in 2×2 blocks, and its comb with teeth 3 apart.
  expect(heard).toEqual([
    [2, 2],
    [2, 3],
    [2, 5],
    [3, 2],
    [3, 3],
    [5, 2],
    [5, 5],
  ]);
  expect(heard).toHaveLength(reachOfOne(2, 2));
});

test('the network adds its change to the picture, through both layers', async () => {
  const C = 2;
  const w: Weights = {
    first: some(1, C),
    firstBias: some(C),
    last: some(C, 1),
    lastBias: some(1),
    ...layer('1', [2, 2], C),
    ...layer('2', [2, 2], C),
  };
  const branches: Branch[] = [
    { axis: 'grid', size: 2 },
    { axis: 'block', size: 2 },
  ];
  const x = some(2, 4, 4);
  const begun = tf
    .matMul(x.reshape([-1, 1]), w.first as tf.Tensor2D)
    .add(w.firstBias)
    .reshape([2, 4, 4, C]);
  const features = multiAxis(multiAxis(begun, w, '1', branches), w, '2', branches);
  const change = tf.matMul(features.reshape([-1, C]), w.last as tf.Tensor2D).add(w.lastBias);
  close(await list(restore(x, w, branches)), await list(x.add(change.reshape([2, 4, 4]))), 4);
});

test('formulas (5) and (6) at known sizes', () => {
  expect(mixingCost(256, [4, 4])).toBe(8192);
  expect(mixingCost(1024, [4, 8])).toBe(1024 * 80);
  expect([reachOfOne(4, 8), reachOfTwo(4, 8)]).toEqual([79, 1024]);
  expect([reachOfOne(2, 8), reachOfTwo(2, 8)]).toEqual([67, 256]);
});
