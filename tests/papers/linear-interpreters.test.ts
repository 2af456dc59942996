import * as tf from '@tensorflow/tfjs';
import { expect, test } from 'vitest';
import {
  allOpen,
  conv,
  dense,
  firstFlip,
  halve,
  interpreter,
  linearScope,
  ownDecisions,
  pass,
  shuffle,
  votes,
} from '../../content/papers/linear-interpreters/mechanism.ts';

type Nested = number | Nested[];
const read = (x: tf.Tensor) => x.array() as Promise<number[]>;
const flat = async (x: tf.Tensor) => [...(await x.data())];
const close = (found: Nested, expected: Nested, digits = 5) => {
  const all = (x: Nested): number[] => (Array.isArray(x) ? x.flatMap(all) : [x]);
  expect(all(found)).toHaveLength(all(expected).length);
  for (const [i, value] of all(expected).entries()) expect(all(found)[i]).toBeCloseTo(value, digits);
};

// Two images, each with two signals: image by image.
const z0 = tf.tensor2d([
  [1, -2, 0],
  [-1, 3, 4],
]);
const z1 = tf.tensor2d([
  [1, 2, 3],
  [-4, 5, -6],
  [7, 8, 9],
  [-1, -2, -3],
]);

test('the scope opens for the signals of an image what the image opens', async () => {
  const [a0, a1] = linearScope([z0, z1]);
  expect(await read(a0)).toEqual([
    [1, 0, 0],
    [0, 3, 4],
  ]);
  close(await read(a1), [
    [1, 0, 0],
    [-4, 0, 0],
    [0, 8, 9],
    [0, -2, -3],
  ]);
  expect(a1.shape).toEqual(z1.shape);
});

test('the scope treats pictures as it treats vectors', async () => {
  const picture = (x: tf.Tensor) => x.reshape([x.shape[0], 1, 3, 1]);
  const [, vectors] = linearScope([z0, z1]);
  const [a0, pictures] = linearScope([picture(z0), picture(z1)]);
  expect(a0.shape).toEqual([2, 1, 3, 1]);
  expect(pictures.shape).toEqual([4, 1, 3, 1]);
  close(await flat(pictures), await flat(vectors));
});

test('without the scope each signal decides for itself, and with all open nothing is decided', async () => {
  const [a0, a1] = ownDecisions([z0, z1]);
  close(await read(a0), await read(tf.relu(z0)));
  close(await read(a1), await read(tf.relu(z1)));
  const [b0, b1] = allOpen([z0, z1]);
  close(await read(b0), await read(z0));
  close(await read(b1), await read(z1));
});

// A filter that takes the left neighbour, into two channels: once as it is, once doubled.
const left = tf.tensor4d([0, 0, 0, 0, 0, 0, 1, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0], [3, 3, 1, 2]);

test('a convolution keeps the size, sees zeros beyond the edge, and adds its share of the bias', async () => {
  const x = tf.tensor4d([1, 2, 3, 4], [1, 2, 2, 1]);
  const map = conv(left, tf.tensor1d([10, 20]));
  close(await flat(map(x, 1)), [10, 20, 11, 22, 10, 20, 13, 26]);
  close(await flat(map(x, 0)), [0, 0, 1, 2, 0, 0, 3, 6]);
  close(await flat(map(x, 0.5)), [5, 10, 6, 12, 5, 10, 8, 16]);
});

test('the last layer takes all features in, and its share of the bias', async () => {
  const w = tf.tensor2d([
    [1, 0],
    [0, 1],
    [2, -1],
    [0, 3],
  ]);
  const map = dense(w, tf.tensor1d([5, 7]));
  const x = tf.tensor4d([1, 2, 3, 4, 0, 1, 0, 0], [2, 2, 1, 2]);
  close(await read(map(x, 1)), [
    [12, 18],
    [5, 8],
  ]);
  close(await read(map(x, 0)), [
    [7, 11],
    [0, 1],
  ]);
});

test('halving takes means of four', async () => {
  const x = tf.tensor4d([1, 2, 5, 6, 3, 4, 7, 8], [1, 2, 4, 1]);
  const small = halve(x);
  expect(small.shape).toEqual([1, 1, 2, 1]);
  close(await flat(small), [2.5, 6.5]);
  // A last odd row or column is left out.
  expect(halve(tf.ones([1, 3, 5, 2])).shape).toEqual([1, 1, 2, 2]);
});

test('the shuffle puts four channels into a square, and halving takes their mean again', async () => {
  const x = tf.tensor4d([1, 2, 3, 4, 5, 6, 7, 8], [1, 1, 2, 4]);
  const large = shuffle(x);
  expect(large.shape).toEqual([1, 2, 4, 1]);
  close(await flat(large), [1, 2, 5, 6, 3, 4, 7, 8]);
  const y = tf.randomNormal([2, 3, 5, 4], 0, 1, 'float32', 3);
  expect(shuffle(y).shape).toEqual([2, 6, 10, 1]);
  close(await flat(halve(shuffle(y))), await flat(y.mean(3)));
});

// Three layers of vectors, small enough to multiply out.
const w = [
  tf.tensor2d([
    [1, -1, 2],
    [0.5, 1, -1],
  ]),
  tf.tensor2d([
    [1, -2],
    [3, 1],
    [0.5, 2],
  ]),
  tf.tensor2d([
    [1, 2],
    [-1, 1],
  ]),
];
const b = [tf.tensor1d([0.1, -0.2, 0.3]), tf.tensor1d([-0.4, 0.5]), tf.tensor1d([1, -9])];
const net = w.map((w, l) => dense(w, b[l]));
const images = tf.tensor2d([
  [1, 0.2],
  [-0.3, 2],
]);
const silent: [tf.Tensor, tf.Tensor] = [images, tf.zerosLike(images)];

/** Formula (3), matrix by matrix, for one image. */
async function product(x: tf.Tensor) {
  const z1 = tf.matMul(x.expandDims(0), w[0]).add(b[0]);
  const z2 = tf.matMul(tf.relu(z1), w[1]).add(b[1]);
  const gate = (z: tf.Tensor) => tf.diag(z.greater(0).toFloat().squeeze([0]));
  const [D1, D2] = [gate(z1), gate(z2)];
  const after2 = tf.matMul(D2, w[2]);
  const after1 = tf.matMul(tf.matMul(D1, w[1]), after2);
  const from = (b: tf.Tensor, after: tf.Tensor) => tf.matMul(b.expandDims(0), after).squeeze([0]);
  return {
    F: await read(tf.matMul(w[0], after1).transpose()),
    r: await read(from(b[0], after1).add(from(b[1], after2)).add(b[2])),
    y: await read(tf.matMul(tf.relu(z2), w[2]).add(b[2]).squeeze([0])),
  };
}

test('impulses and zeros give the F and r of formula (3), image by image', async () => {
  const found = interpreter(net, linearScope, images);
  expect(found.F.shape).toEqual([2, 2, 2]);
  for (const [i, x] of images.unstack().entries()) {
    const { F, r, y } = await product(x);
    close(await read(found.F.gather(i)), F);
    close(await read(found.r.gather(i)), r);
    close(await read(found.y.gather(i)), y);
  }
});

test('a pass gives both batches layer by layer, without a unit after the last', async () => {
  const layers = pass(net, linearScope, [images, images], 1);
  expect(layers.map(([z]) => z.shape[1])).toEqual([3, 2, 2]);
  for (const [own, replayed] of layers) close(await read(replayed), await read(own));
  const first = tf.matMul(images, w[0]).add(b[0]);
  close(await read(layers[0][0]), await read(first));
  const [y] = layers[2];
  expect(Math.min(...(await flat(y)))).toBeLessThan(0);
});

test('the images keep their biases whatever share the signals get', async () => {
  const at = async (bias: number) => {
    const [y, replayed] = pass(net, linearScope, silent, bias).at(-1)!;
    return { y: await read(y), replayed: await read(replayed) };
  };
  const [none, half, whole] = [await at(0), await at(0.5), await at(1)];
  close(none.y, whole.y);
  close(none.replayed, [
    [0, 0],
    [0, 0],
  ]);
  close(
    half.replayed,
    (whole.replayed as unknown as number[][]).map((row) => row.map((v) => v / 2)),
  );
});

// Convolutions, as on the page: 4 × 4 pixels to 8 × 8.
const draw = (shape: number[], seed: number) => tf.randomNormal(shape, 0, 0.5, 'float32', seed);
const last = conv(draw([3, 3, 5, 4], 3), draw([4], 4));
const pictures = [
  conv(draw([3, 3, 1, 5], 1), draw([5], 2)),
  (x: tf.Tensor, bias: number) => shuffle(last(x, bias)),
];
const x0 = tf.randomUniform([3, 4, 4, 1], 0, 1, 'float32', 5);

test('F x + r is the output of a convolutional network, for each of three images', async () => {
  const { F, r, y } = interpreter(pictures, linearScope, x0);
  expect(F.shape).toEqual([3, 64, 16]);
  const replay = tf
    .matMul(F, x0.reshape([3, 16, 1]))
    .squeeze([2])
    .add(r);
  close(await flat(replay), await flat(y));
  const [own] = pass(pictures, linearScope, [x0, x0], 1).at(-1)!;
  close(await flat(y), await flat(own));
});

test('F is what back-propagation finds', async () => {
  const { F } = interpreter(pictures, linearScope, x0);
  const mix = draw([3, 64], 6);
  const slope = tf.grad((x: tf.Tensor) => {
    const [y] = pass(pictures, ownDecisions, [x, x0], 1).at(-1)!;
    return y.reshape([3, 64]).mul(mix).sum();
  })(x0);
  const expected = tf.matMul(mix.expandDims(1), F);
  close(await flat(slope), await flat(expected), 4);
});

test('the replay is linear in its signals', async () => {
  const [a, c] = [draw([3, 4, 4, 1], 7), draw([3, 4, 4, 1], 8)];
  const replay = (signals: tf.Tensor) => pass(pictures, linearScope, [x0, signals], 0).at(-1)![1];
  close(await flat(replay(a.add(c))), await flat(replay(a).add(replay(c))), 4);
  const free = (signals: tf.Tensor) => pass(pictures, ownDecisions, [x0, signals], 0).at(-1)![1];
  const broken = free(a.add(c)).sub(free(a)).sub(free(c));
  expect(Math.max(...(await flat(broken.abs())))).toBeGreaterThan(0.1);
});

test('votes are F times the pixel, and add up to F x', async () => {
  const F = tf.tensor3d([
    [
      [1, 2],
      [3, -4],
    ],
    [
      [5, 6],
      [7, 8],
    ],
  ]);
  const x = tf.tensor4d([10, 0.5, 1, 2], [2, 1, 2, 1]);
  const found = votes(F, x);
  close(await read(found), [
    [
      [10, 1],
      [30, -2],
    ],
    [
      [5, 12],
      [7, 16],
    ],
  ] as unknown as number[]);
});

test('the first change is the nearest zero ahead, over all hidden layers', async () => {
  const out: [tf.Tensor, tf.Tensor] = [tf.tensor2d([[1], [1], [1]]), tf.tensor2d([[-100], [-100], [-100]])];
  const hidden: [tf.Tensor, tf.Tensor][] = [
    [
      tf.tensor2d([
        [2, -3, 1],
        [2, -3, 1],
        [1, 1, -1],
      ]),
      tf.tensor2d([
        [-1, 6, 9],
        [-1, 1, 9],
        [1, 0, -5],
      ]),
    ],
    [tf.tensor2d([[4], [4], [2]]), tf.tensor2d([[-1], [-16], [3]])],
  ];
  const [a, c, never] = await read(firstFlip([...hidden, out]));
  close([a, c], [0.5, 0.25]);
  expect(never).toBeGreaterThan(1e8);
});

test('up to the first change F holds exactly on a line, and a unit changes there', async () => {
  const d = draw([3, 4, 4, 1], 9);
  const start = pass(pictures, linearScope, [x0, d], 0);
  const first = firstFlip(start);
  const gates = async (share: number) => {
    const x = x0.add(d.mul(first.mul(share).reshape([3, 1, 1, 1])));
    const [[z], [y]] = pass(pictures, linearScope, [x, x], 1);
    const changed = z.greater(0).notEqual(start[0][0].greater(0)).toFloat().sum([1, 2, 3]);
    return { changed: await read(changed), y };
  };
  close((await gates(0.99)).changed, [0, 0, 0]);
  close((await gates(1.01)).changed, [1, 1, 1]);
  const { y } = await gates(0.9);
  const [y0, slope] = start[1];
  close(await flat(y), await flat(y0.add(slope.mul(first.mul(0.9).reshape([3, 1, 1, 1])))), 4);
});
