/**
 * Trains all 945 cells of the space of this page on the proxy, some of them on the target and at other sizes, and
 * writes `public/data/nasnet.safetensors`: `node content/papers/nasnet/train.ts`. What is done is kept in
 * `.cache/nasnet/`; `node content/papers/nasnet/train.ts 0/2` and `1/2` share the work, a third call joins it.
 */
import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { registerHooks } from 'node:module';
import { chooseBackend } from '../../../src/kernel/backends/choose.ts';
import { nodeLoaders } from '../../../src/kernel/loaders-node.ts';
import * as tf from '../../../src/kernel/tf.ts';
import { writeSafetensors } from '../../../src/lab/safetensors.ts';
import { trainingLab } from '../../../src/tools/training-lab.ts';
import type { Genome } from './mechanism.ts';
import type { Size } from './network.ts';
import { space } from './space.ts';

// Cells name each other without an ending, which Node asks for.
registerHooks({
  resolve: (name, context, next) =>
    next(/^\.\/\w+$/.test(name) ? `${name}.ts` : name, context),
});
const { network, weights } = await import('./network.ts');

interface Job {
  genomes: Genome[];
  name: string;
  task: 'proxy' | 'target';
  size: Size;
  updates: number;
  rate: number;
  seed: number;
}
const folder = '.cache/nasnet';
await mkdir(folder, { recursive: true });
await chooseBackend({ loaders: nodeLoaders, want: 'wasm' });

const { data } = trainingLab(0);
const small = await data.mnist({ size: 8 });
const large = await data.mnist({ size: 14 });
const part = (
  set: { x: tf.Tensor; y: tf.Tensor },
  from: number,
  count: number,
) => ({
  x: set.x.slice(from, count).squeeze([3]),
  y: set.y.slice(from, count),
});
const tasks = {
  proxy: {
    train: part(small.train, 0, 1000),
    test: part(small.train, 1000, 2000),
  },
  target: {
    train: part(large.train, 0, 5000),
    test: part(large.test, 0, 1000),
  },
};

/** Accuracy of each genome after training all of them at once, from the same start with the same batches. */
async function train(job: Job) {
  const { adam, parameters, random } = trainingLab(job.seed);
  const { train, test } = tasks[job.task];
  const G = job.genomes.length;
  const net = parameters(
    weights(random, job.genomes, train.x.shape[2]!, job.size),
  );
  const optimiser = adam(net, { rate: job.rate, beta2: 0.99 });
  let order: number[] = [];
  for (let step = 0; step < job.updates; step++) {
    optimiser.rate =
      (job.rate / 2) *
      (1 + Math.cos((Math.PI * step) / job.updates));
    if (order.length < 32)
      order = random.permutation(train.x.shape[0]);
    const rows = tf.tensor1d(order.splice(0, 32), 'int32');
    const x = tf.gather(train.x, rows);
    const y = tf.oneHot(
      tf.gather(train.y, rows).toInt(),
      10,
      1,
      0,
      'float32',
    );
    const loss = await optimiser.step((w) => {
      const z = network(x, job.genomes, w, job.size.copies);
      return z.logSumExp(-1).sub(z.mul(y).sum(-1)).mean(1).sum();
    });
    tf.dispose([rows, x, y, loss]);
  }
  let right = new Array<number>(G).fill(0);
  const count = test.x.shape[0];
  for (let from = 0; from < count; from += 250) {
    const told = tf.tidy(() => {
      const z = network(
        test.x.slice(from, 250),
        job.genomes,
        net.values(),
        job.size.copies,
      );
      return z.argMax(-1).equal(test.y.slice(from, 250)).sum(1);
    });
    const found = await told.data();
    right = right.map((sum, i) => sum + found[i] / count);
    told.dispose();
  }
  net.flat.dispose();
  return right;
}

/** The accuracies of a job, from the folder when it was done before. */
async function done(job: Job): Promise<number[]> {
  const file = `${folder}/${job.name}.json`;
  if (existsSync(file))
    return JSON.parse(await readFile(file, 'utf8'));
  const right = await train(job);
  await writeFile(file, JSON.stringify(right));
  console.log(
    job.name,
    right.map((share) => share.toFixed(3)).join(' '),
  );
  return right;
}

const proxy = {
  task: 'proxy',
  size: { copies: 1, filters: 8 },
  updates: 100,
  rate: 0.015,
  seed: 0,
} as const;
const target = {
  task: 'target',
  size: { copies: 2, filters: 12 },
  updates: 300,
  rate: 0.007,
  seed: 1,
} as const;
const ops = (genome: Genome) =>
  [1, 3, 5, 7].map((at) => genome[at]).join('');
const groups = Map.groupBy(space, ops);
const jobs: Job[] = [...groups].map(([name, genomes]) => ({
  ...proxy,
  genomes,
  name: `proxy-${name}`,
}));
const [mine, of] = (process.argv[2] ?? '0/1')
  .split('/')
  .map(Number);

for (const [i, job] of jobs.entries())
  if (i % of === mine) await done(job);
if (jobs.some((job) => !existsSync(`${folder}/${job.name}.json`)))
  process.exit();

const table = new Map<string, number>();
for (const job of jobs)
  for (const [i, right] of (await done(job)).entries())
    table.set(job.genomes[i].join(''), right);

// On the target: 60 cells by chance, and the 20 that are best on the proxy. Few at once, of like operations.
const { random } = trainingLab(2);
const order = space.toSorted(
  (a, b) => table.get(b.join(''))! - table.get(a.join(''))!,
);
const some = random.permutation(space.length).slice(0, 60);
const chosen = new Set([
  ...some.map((k) => space[k]),
  ...order.slice(0, 20),
]);
const sample = [...chosen].toSorted((a, b) =>
  ops(a).localeCompare(ops(b)),
);
const later: Job[] = [];
for (let k = 0; k < sample.length; k += 4)
  later.push({
    ...target,
    genomes: sample.slice(k, k + 4),
    name: `target300-${k}`,
  });
for (const [i, job] of later.entries())
  if (i % of === mine) await done(job);
if (later.some((job) => !existsSync(`${folder}/${job.name}.json`)))
  process.exit();

const known = (await Promise.all(later.map(done))).flat();
const numbers = (list: number[]) => tf.tensor1d(list, 'float32');
const bytes = await writeSafetensors({
  proxy: numbers(
    space.map((genome) => table.get(genome.join(''))!),
  ),
  cells: numbers(sample.map((genome) => space.indexOf(genome))),
  target: numbers(known),
});
const file = 'public/data/nasnet.safetensors';
await writeFile(file, new Uint8Array(bytes));
console.log(`${file}: ${bytes.byteLength} bytes`);
