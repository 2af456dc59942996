/**
 * Einsum as matrix products: differentiable to every order, for any number of operands, and as fast as matMul
 * (tfjs's own kernel takes at most two operands, multiplies element by element and is missing on WASM).
 */
import * as tf from '../tf.ts';

interface Operand {
  labels: string;
  tensor: tf.Tensor;
}

/** `einsum(equation, ...tensors)` in numpy's notation with `->`, without `...` and without a label twice in one operand. */
export function contract(equation: string, ...tensors: tf.Tensor[]): tf.Tensor {
  const { labels, out } = parse(equation, tensors);
  const operands = labels.map((text, k) => ({ labels: text, tensor: tensors[k] }));
  return tf.tidy(() => {
    let result = operands[0];
    for (const [k, next] of operands.slice(1).entries())
      result = multiply(
        result,
        next,
        out +
          operands
            .slice(k + 2)
            .map((o) => o.labels)
            .join(''),
      );
    return ordered(keepOnly(result, out), out);
  });
}

function parse(equation: string, tensors: tf.Tensor[]): { labels: string[]; out: string } {
  const [left, out, ...rest] = equation.replace(/\s/g, '').split('->');
  const labels = left.split(',');
  const found = `einsum('${equation}') of ${tensors.map((t) => `[${t.shape}]`).join(', ')}`;
  if (out === undefined || rest.length > 0 || !/^[a-zA-Z,]*$/.test(left + out))
    throw new Error(`${found}: expected letters, commas and one '->', such as 'ij,jk->ik'.`);
  if (labels.length !== tensors.length)
    throw new Error(`${found}: ${labels.length} operands in the equation, ${tensors.length} tensors given.`);
  for (const text of [...labels, out])
    if (new Set(text).size !== text.length)
      throw new Error(`${found}: '${text}' has a label twice. Multiply by tf.eye and sum instead.`);
  checkSizes(found, labels, out, tensors);
  return { labels, out };
}

function checkSizes(found: string, labels: string[], out: string, tensors: tf.Tensor[]): void {
  const sizes = new Map<string, number>();
  for (const [k, text] of labels.entries()) {
    if (text.length !== tensors[k].rank)
      throw new Error(`${found}: '${text}' names ${text.length} axes, its tensor has ${tensors[k].rank}.`);
    for (const [axis, label] of [...text].entries()) {
      const size = tensors[k].shape[axis];
      if ((sizes.get(label) ?? size) !== size)
        throw new Error(
          `${found}: '${label}' is ${sizes.get(label)} long in one operand, ${size} in another.`,
        );
      sizes.set(label, size);
    }
  }
  for (const label of out)
    if (!sizes.has(label)) throw new Error(`${found}: '${label}' of the output is in no operand.`);
}

const common = (a: string, b: string) => [...a].filter((c) => b.includes(c)).join('');
const without = (a: string, b: string) => [...a].filter((c) => !b.includes(c)).join('');

/** The product of two operands over the labels that nothing later `needed` reads. */
function multiply(a: Operand, b: Operand, needed: string): Operand {
  const left = keepOnly(a, needed + b.labels);
  const right = keepOnly(b, needed + a.labels);
  const shared = common(left.labels, right.labels);
  const batch = common(shared, needed);
  const summed = without(shared, batch);
  const rows = without(left.labels, shared);
  const columns = without(right.labels, shared);
  const x = grouped(left, [batch, rows, summed]);
  const y = grouped(right, [batch, summed, columns]);
  const product = summed === '' ? tf.mul(x, y) : tf.matMul(x, y);
  const labels = batch + rows + columns;
  return { labels, tensor: tf.reshape(product, shapeOf(labels, left, right)) };
}

/** Sums out the labels that are not in `needed`. */
function keepOnly({ labels, tensor }: Operand, needed: string): Operand {
  const axes = [...labels].flatMap((c, axis) => (needed.includes(c) ? [] : [axis]));
  return axes.length === 0
    ? { labels, tensor }
    : { labels: common(labels, needed), tensor: tf.sum(tensor, axes) };
}

/** The operand as three axes, one for each group of labels. */
function grouped(operand: Operand, groups: string[]): tf.Tensor {
  const shape = groups.map((group) => shapeOf(group, operand).reduce((n, size) => n * size, 1));
  return tf.reshape(ordered(operand, groups.join('')), shape);
}

function ordered({ labels, tensor }: Operand, wanted: string): tf.Tensor {
  return labels === wanted
    ? tf.clone(tensor)
    : tf.transpose(
        tensor,
        [...wanted].map((c) => labels.indexOf(c)),
      );
}

function shapeOf(labels: string, ...operands: Operand[]): number[] {
  return [...labels].map((c) => {
    const owner = operands.find((o) => o.labels.includes(c))!;
    return owner.tensor.shape[owner.labels.indexOf(c)];
  });
}
