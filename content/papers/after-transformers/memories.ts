import * as tf from '@tensorflow/tfjs';
import { random, select, slider, toggle } from 'lab';

type T = tf.Tensor;

export const d = select('dim', {
  label: 'dimensions d',
  options: [32, 64, 128],
  value: 64,
});
export const decay = slider('decay', {
  label: 'decay λ',
  min: 0.9,
  max: 1,
  value: 0.97,
  step: 0.01,
});
const unitKeys = toggle('unitKeys', {
  label: 'keys of length one',
  value: true,
});

export const unit = (x: T): T =>
  x.div(x.norm('euclidean', -1, true));

/** Pairs of keys and values, [memories, count, d] each. */
export function pairs(memories: number, count: number) {
  const shape = [memories, count, d];
  const drawn = random.normal(shape);
  const keys = unitKeys ? unit(drawn) : drawn;
  return { keys, values: unit(random.normal(shape)) };
}
export type Pairs = ReturnType<typeof pairs>;

type Rule = (memory: T, k: T, v: T, place: number) => T;

/** Writes the first n pairs one by one into empty memories. */
export function fill(
  { keys, values }: Pairs,
  n: number,
  rule: Rule,
) {
  const [memories] = keys.shape;
  const column = (x: T, place: number) =>
    x.slice([0, place], [-1, 1]).reshape([memories, d, 1]);
  let memory: T = tf.zeros([memories, d, d]);
  for (let place = 0; place < n; place++) {
    const next = tf.tidy(() => {
      const [k, v] = [column(keys, place), column(values, place)];
      return rule(memory, k, v, place);
    });
    memory.dispose();
    memory = next;
  }
  return memory;
}

/** ⟨S k, v⟩, what is left of each pair, averaged over memories. */
export const strength = (read: T, values: T): T =>
  read.mul(values).sum(-1).mean(0);

/** √ mean ‖o − v‖², which is relative, for values are units. */
export const errorOf = (read: T, values: T): T =>
  read.sub(values).square().sum(-1).mean().sqrt();
