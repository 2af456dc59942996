import * as tf from '@tensorflow/tfjs';

type T = tf.Tensor;

/** A convolution with k × k kernels to C channels, or a pool. */
export type Layer = { kernel: number; width: number } | 'P';

/** '6 P 12:1' → layers; behind a colon, a kernel of its own. */
export function parse(spec: string, kernel: number): Layer[] {
  return spec.split(' ').map((word) => {
    if (word === 'P') return word;
    const [width, own = kernel] = word.split(':').map(Number);
    return { kernel: own, width };
  });
}

/** k²·C_in·C weights, H·W times as many products, (1). */
export function layerCost(
  kernel: number,
  from: number,
  width: number,
  mapSize: number,
) {
  const weights = kernel ** 2 * from * width;
  return { weights, products: mapSize ** 2 * weights };
}

type Field = { receptive: number; jump: number };

/** r + (k − 1)·j and j·s, (2): what a unit behind a layer sees. */
export function widen(
  { receptive, jump }: Field,
  kernel: number,
  stride: number,
): Field {
  const further = receptive + (kernel - 1) * jump;
  return { receptive: further, jump: jump * stride };
}

/** (1) and (2) through a design: an entry for each convolution. */
export function ledger(
  layers: Layer[],
  mapSize: number,
  channels: number,
) {
  let field = { receptive: 1, jump: 1 };
  let [size, from] = [mapSize, channels];
  const entries = [];
  for (const layer of layers) {
    if (layer === 'P') {
      field = widen(field, 2, 2);
      size /= 2;
      continue;
    }
    const { kernel, width } = layer;
    field = widen(field, kernel, 1);
    const cost = layerCost(kernel, from, width, size);
    entries.push({ from, width, size, ...field, ...cost });
    from = width;
  }
  return entries;
}

/**
 * ReLU(BN(W ∗ x)), (3), with the statistics of the batch:
 * x [B, H, W, C_in], filter [k, k, C_in, C] → [B, H, W, C].
 */
export function block(x: T, filter: T, gain: T, shift: T) {
  const z: T = tf.conv2d(
    x as tf.Tensor4D,
    filter as tf.Tensor4D,
    1,
    'same',
  );
  const centred = z.sub(z.mean([0, 1, 2], true));
  const variance = centred.square().mean([0, 1, 2], true);
  const scale = gain.div(variance.add(1e-4).sqrt());
  return tf.relu(centred.mul(scale).add(shift));
}

/** P: the largest of each 2 × 2, [B, H, W, C] → [B, H/2, W/2, C]. */
export function pool(x: T) {
  const [B, H, W, C] = x.shape;
  const rows = x.reshape([(B * H) / 2, 2, W * C]).max(1);
  const both = rows.reshape([(B * H * W) / 4, 2, C]).max(1);
  return both.reshape([B, H / 2, W / 2, C]);
}

/** Weights W, gain and shift of block i, and of the last layer. */
export type Net = Record<string, T>;

/** What each convolution gives: x [B, H, W, 1] → maps. */
export function maps(x: T, layers: Layer[], net: Net) {
  const seen: T[] = [];
  let map = x;
  for (const layer of layers) {
    if (layer === 'P') {
      map = pool(map);
      continue;
    }
    const i = seen.length;
    const [gain, shift] = [net[`gain${i}`], net[`shift${i}`]];
    map = block(map, net[`W${i}`], gain, shift);
    seen.push(map);
  }
  return seen;
}

/** The largest value of each channel: [B, H, W, C] → [B, C]. */
export const globalMax = (map: T) => map.max([1, 2]);

/** From the last map to ten classes, (4): [B, H, W, C] → [B, 10]. */
export const head = (map: T, net: Net) =>
  tf.matMul(globalMax(map), net.head).add(net.bias);

/**
 * How many paths lead from each pixel to the unit in the middle
 * of the last map: the gradient of a stack of ones. [size, size].
 */
export function paths(layers: Layer[], size: number) {
  const middle = (x: T) => {
    let map = x as tf.Tensor4D;
    for (const layer of layers) {
      const [k, stride] =
        layer === 'P' ? [2, 2] : [layer.kernel, 1];
      map = tf.conv2d(map, tf.ones([k, k, 1, 1]), stride, 'same');
    }
    const at = Math.floor(map.shape[1] / 2);
    return map.slice([0, at, at, 0], [1, 1, 1, 1]).sum();
  };
  const input = tf.zeros([1, size, size, 1]);
  return tf.grad(middle)(input).reshape([size, size]);
}
