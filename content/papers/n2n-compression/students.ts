import { check, curve, ink, mean, Plot, random, select } from 'lab';
import { show, toArray, toNumber, variant, weights } from 'lab';
import { accuracyOnly, compression, linear } from './mechanism';
import { reward } from './mechanism';

export const taught = select('taught', {
  label: 'students learn',
  options: ['the teacher’s logits', 'labels'],
});
const forms = {
  'C (2 − C) A': reward,
  'C · A': linear,
  'A alone': accuracyOnly,
};
export const R = variant('reward', forms, { label: 'reward R' });

/** Weights and biases between two inputs and three classes. */
export function sizeOf(widths: number[]) {
  const sizes = [2, ...widths, 3];
  const layers = sizes.slice(1).map((n, i) => (sizes[i] + 1) * n);
  return layers.reduce((a, b) => a + b);
}
export const teacher = [48, 24, 48, 24, 48, 24, 48];
export const full = sizeOf(teacher);

// Each student was trained from five seeds, in both ways.
export const stored = await weights('n2n-compression');
const shares = (name: string) =>
  toArray<number[][]>(stored[name].div(1000));
const right = await toNumber(stored.teacherRight.squeeze());
export const teacherAccuracy = right / 1000;
const distilled = await shares('distilled');
const fromLabels = await shares('labels');
const used = taught === 'labels' ? fromLabels : distilled;
const table = await toArray<number[][]>(stored.widths);
export const students = table.map((padded, i) => {
  const widths = padded.filter((width) => width > 0);
  return {
    name: widths.join('-'),
    widths,
    size: sizeOf(widths),
    seeds: used[i],
    accuracy: mean(used[i]),
    byLabels: mean(fromLabels[i]),
  };
});
const byName = new Map(students.map((s) => [s.name, s]));
export const student = (widths: number[]) =>
  byName.get(widths.join('-'))!;

/** R of a student of so many parameters, formula (1). */
const scored = (
  form: typeof R,
  { size, accuracy }: { size: number; accuracy: number },
  of = teacher,
) =>
  form(compression(size, sizeOf(of)), accuracy / teacherAccuracy);

/** R with the mean accuracy of its five trainings. */
export function rewardOf(widths: number[], form = R) {
  return scored(form, student(widths));
}
/** As the search sees it: R of one of the five. */
export function trainOnce(
  widths: number[],
  form = R,
  of = teacher,
) {
  const { size, seeds } = student(widths);
  const accuracy = seeds[random.integer(0, 5)];
  return scored(form, { size, accuracy }, of);
}

const dots = { x: 'byLabels', y: 'accuracy' };
show(
  'distillation',
  Plot.plot({
    title: `${students.length} students, each trained in two ways`,
    x: {
      label: 'accuracy when trained on labels',
      percent: true,
      domain: [30, 100],
    },
    y: {
      label: `accuracy when trained on ${taught}`,
      percent: true,
      domain: [30, 100],
    },
    marks: [
      curve(
        [
          { a: 0.3, b: 0.3 },
          { a: 1, b: 1 },
        ],
        { x: 'a', y: 'b', ink: ink.theory, dashed: true },
      ),
      Plot.dot(
        students.map(({ byLabels, accuracy }) => ({
          byLabels,
          accuracy,
        })),
        { ...dots, r: 2, fill: ink.mechanism },
      ),
    ],
  }),
);
const able = students.filter(({ size }) => size >= 300);
const gain = able.map((s) => s.accuracy - s.byLabels);
check('accuracy that the teacher’s logits add', mean(gain), {
  above: 0.04,
  because: 'a quarter of the labels is wrong, and no logit is',
  breaks: { taught: 'labels' },
});
