import * as tf from '@tensorflow/tfjs';
import { check, random, show, toNumber } from 'lab';
import { solve } from './mechanism';
import { draw } from './tasks';
import { messages } from './team';

// A system perfect but for one line, and 400 tasks that use it.
const { truth } = draw(random, 400);
const slip = (right: tf.Tensor, entries: number) => {
  const shift = random.integers([400], 1, entries);
  return right.add(shift).mod(entries).cast('int32');
};
const mistakes = {
  'first word': { a: slip(truth.a, 20) },
  'second word': { b: slip(truth.b, 20) },
  cue: { o: slip(truth.o, 3) },
  unit: { format: slip(truth.format, 4) },
};

const rows: { line: string; failed: number; named: number }[] = [];
for (const [line, mistake] of Object.entries(mistakes)) {
  const said = { ...truth, ...mistake };
  const seen = { ...said, v: solve(said.o, said.a, said.b) };
  const fine = seen.format.equal(truth.format);
  const failed = seen.v
    .equal(truth.v)
    .logicalAnd(fine)
    .logicalNot();

  const { reader, solver, writer } = messages(seen, truth);
  const [first, second] = tf.split(reader, 2);
  const i = rows.length;
  const told = [first, second, solver, writer][i];
  const right = [truth.a, truth.b, truth.o, truth.format][i];
  const names = tf.oneHot(right, told.shape[1]!).mul(told).max(1);
  const named = names.greater(0).logicalAnd(failed);
  const [f, n] = [failed.sum(), named.sum()];
  rows.push({
    line,
    failed: await toNumber(f),
    named: await toNumber(n),
  });
}
show(
  'one line wrong, 400 tasks',
  rows.map(({ line, failed, named }) => ({
    'wrong line': line,
    'tasks failed': failed,
    'critique names it': named,
  })),
);

const total = (key: 'failed' | 'named') =>
  rows.reduce((sum, row) => sum + row[key], 0);
const missed = 1 - total('named') / total('failed');
check(
  'share of failed tasks whose critique misses the line',
  missed,
  {
    below: 0.03,
    because: 'formula (4) inverts the layers on the way back',
    breaks: { messages: 'lastOnly' },
  },
);
