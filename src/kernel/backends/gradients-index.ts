/** Gradients of operations that pick, place or run along an axis. */
import * as tf from '../tf.ts';
import { type Attributes, amend, gradient } from './register-kernels.ts';

/** Registers the gradients of gather, topk, gatherND, scatterND, stridedSlice, mirrorPad, unstack, split, depthToSpace, cumprod. */
export function registerIndexGradients(): void {
  registerGather();
  registerTopK();
  registerGatherAndScatter();
  registerCopies();
  registerPieces();
  registerDepthToSpace();
  registerCumsum();
  registerCumprod();
  registerProd();
}

/** The indices' own gradient is zero; tfjs gives the indices themselves, of a type that it then refuses. */
function registerGather(): void {
  amend('GatherV2', (before) => (dy, saved, attrs) => ({
    ...before(dy, saved, attrs),
    indices: () => tf.zeros(saved[1].shape),
  }));
}

function registerTopK(): void {
  const gradFunc = (dys: unknown, [x, indices]: tf.Tensor[]) => ({
    x: () => {
      const picked = tf.oneHot(tf.cast(indices, 'int32'), x.shape.at(-1)!, 1, 0, 'float32');
      return tf.sum(tf.mul(picked, tf.expandDims((dys as tf.Tensor[])[0], -1)), -2);
    },
  });
  gradient('TopK', ['x'], gradFunc, { outputsToSave: [false, true] });
}

function registerGatherAndScatter(): void {
  gradient('GatherNd', ['params', 'indices'], (dy, [params, indices]) => ({
    params: () => tf.scatterND(indices, dy, params.shape),
    indices: () => tf.zeros(indices.shape),
  }));
  gradient('ScatterNd', ['indices'], (dy, [indices]) => ({
    updates: () => tf.gatherND(dy, indices),
    indices: () => tf.zeros(indices.shape),
  }));
}

/** What only copies elements: the same copying done to a tensor of positions says where each came from. */
function registerCopies(): void {
  gradient('StridedSlice', ['x'], (dy, [x], a) => ({
    x: () => {
      const { begin, end, strides, beginMask, endMask, ellipsisMask, newAxisMask, shrinkAxisMask } = a;
      const from = tf.stridedSlice(
        positions(x),
        begin,
        end,
        strides,
        beginMask,
        endMask,
        ellipsisMask,
        newAxisMask,
        shrinkAxisMask,
      );
      return backTo(x, from, dy);
    },
  }));
  // tfjs forgets what the mirrored border adds.
  gradient('MirrorPad', ['x'], (dy, [x], { paddings, mode }) => ({
    x: () => backTo(x, tf.mirrorPad(positions(x), paddings, mode), dy),
  }));
}

/** As floats, because not every backend copies integers. */
const positions = (x: tf.Tensor) => tf.reshape(tf.range(0, x.size), x.shape);

function backTo(x: tf.Tensor, from: tf.Tensor, dy: tf.Tensor): tf.Tensor {
  const indices = tf.cast(tf.reshape(from, [-1, 1]), 'int32');
  return tf.reshape(tf.scatterND(indices, tf.reshape(dy, [-1]), [x.size]), x.shape);
}

/** tfjs hands a single piece over without its array, and then fails to put it together. */
function registerPieces(): void {
  const all = (dys: tf.Tensor | tf.Tensor[]) => (Array.isArray(dys) ? dys : [dys]);
  gradient('Unpack', [], (dys, _, { axis }) => ({ value: () => tf.stack(all(dys), axis) }));
  gradient('SplitV', [], (dys, _, { axis }) => ({ x: () => tf.concat(all(dys), axis) }));
}

function registerDepthToSpace(): void {
  gradient('DepthToSpace', ['x'], (dy, [x], { blockSize: s, dataFormat }) => ({
    x: () => {
      if (dataFormat === 'NCHW')
        throw new Error("depthToSpace has a gradient for dataFormat 'NHWC' only: transpose first.");
      const [n, h, w, c] = x.shape;
      const blocks = tf.reshape(dy, [n, h, s, w, s, c / (s * s)]);
      return tf.reshape(tf.transpose(blocks, [0, 1, 3, 2, 4, 5]), x.shape);
    },
  }));
}

/** tfjs permutes the result again where the axis is not the last. */
function registerCumsum(): void {
  gradient('Cumsum', [], (dy, _, { axis, exclusive, reverse }) => ({
    x: () => tf.cumsum(dy, axis, exclusive, !reverse),
  }));
}

/** tfjs takes a negative axis as it is, and then has no permutation for it. */
function registerProd(): void {
  amend(
    'Prod',
    (before) =>
      (dy, [x], attrs) =>
        before(dy, [x], {
          ...attrs,
          axis: tf.util.parseAxisParam(attrs.axis ?? x.shape.map((_, k) => k), x.shape),
        }),
  );
}

/** d y_i / d x_k is the product without x_k: exact where factors are zero, at the price of a square of the axis. */
function registerCumprod(): void {
  gradient('Cumprod', ['x'], (dy, [x], attrs) => ({ x: () => alongLastAxis(dy, x, attrs) }));
}

function alongLastAxis(dy: tf.Tensor, x: tf.Tensor, { axis, exclusive, reverse }: Attributes): tf.Tensor {
  const order = x.shape.map((_, k) => k);
  order.push(...order.splice(axis, 1));
  const back = order.map((_, k) => order.indexOf(k));
  const row = tf.expandDims(tf.transpose(x, order), -2);
  const upstream = tf.expandDims(tf.transpose(dy, order), -2);
  const n = x.shape[axis];
  const left = tf.eye(n);
  const others = tf.add(tf.mul(row, tf.sub(1, left)), left);
  const reached = tf.cast(reaches(n, exclusive, reverse), 'float32');
  const products = tf.cumprod(others, others.rank - 1, exclusive, reverse);
  return tf.transpose(tf.sum(tf.mul(tf.mul(products, reached), upstream), -1), back);
}

/** [k, i]: whether output i has input k as a factor. */
function reaches(n: number, exclusive: boolean, reverse: boolean): tf.Tensor {
  const k = tf.expandDims(tf.range(0, n), 1);
  const i = tf.expandDims(tf.range(0, n), 0);
  const [first, last] = reverse ? [i, k] : [k, i];
  return exclusive ? tf.less(first, last) : tf.lessEqual(first, last);
}
