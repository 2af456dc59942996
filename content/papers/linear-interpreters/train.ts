/**
 * Trains the networks of this page on the digits of `mnist-14` and writes `public/data/linear-interpreters.safetensors`:
 * `node content/papers/linear-interpreters/train.ts`, with `sr`, `c2`, `c4` or `c8` behind it for one kind alone. Four
 * trainings each of a super-resolution network, 7 × 7 to 14 × 14 pixels, and of classifiers with two, four and eight
 * convolutions, batch-norm folded into them at the end.
 */
import { existsSync, readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { chooseBackend } from '../../../src/kernel/backends/choose.ts';
import { nodeLoaders } from '../../../src/kernel/loaders-node.ts';
import * as tf from '../../../src/kernel/tf.ts';
import { readSafetensors } from '../../../src/lab/safetensors.ts';
import { writeSafetensors } from '../../../src/lab/safetensors.ts';
import { trainingLab } from '../../../src/tools/training-lab.ts';
import { conv, halve, shuffle } from './mechanism.ts';

type T = tf.Tensor;
type Net = Record<string, T>;
type Lab = ReturnType<typeof trainingLab>;

const trainings = 4;
const depths = [2, 4, 8];
const file = 'public/data/linear-interpreters.safetensors';

await chooseBackend({ loaders: nodeLoaders, want: 'wasm' });
const only = process.argv[2];
const before: Net =
  only && existsSync(file)
    ? readSafetensors(readFileSync(file))
    : {};
const all: Net = {};
await collect('sr', superResolution);
for (const depth of depths)
  await collect(`c${depth}`, (lab) => classifier(lab, depth));
const bytes = await writeSafetensors(all);
await writeFile(file, new Uint8Array(bytes));
console.log(`${file}: ${bytes.byteLength} bytes`);

/** The trainings of one kind, stacked on the first axis. */
async function collect(
  kind: string,
  train: (lab: Lab) => Promise<Net>,
) {
  if (only && only !== kind) {
    const kept = Object.entries(before).filter(([name]) =>
      name.startsWith(`${kind}/`),
    );
    Object.assign(all, Object.fromEntries(kept));
    return;
  }
  const nets: Net[] = [];
  for (let seed = 0; seed < trainings; seed++)
    nets.push(await train(trainingLab(seed)));
  for (const name of Object.keys(nets[0]))
    all[`${kind}/${name}`] = tf.stack(nets.map((net) => net[name]));
}

function rateAt(step: number, updates: number) {
  return 2e-3 * (1 + Math.cos((Math.PI * step) / updates));
}

function zeros(n: number): T {
  return tf.zeros([n]);
}

/** Convolutions 1 → 8 → 8 → 8 → 4 and a pixel shuffle; mean squared error. */
async function superResolution({
  adam,
  batches,
  data,
  nn,
  parameters,
  steps,
}: Lab): Promise<Net> {
  const { train, test } = await data.mnist({
    size: 14,
    test: 1000,
  });
  const net = parameters({
    w1: nn.he([3, 3, 1, 8]),
    b1: zeros(8),
    w2: nn.he([3, 3, 8, 8]),
    b2: zeros(8),
    w3: nn.he([3, 3, 8, 8]),
    b3: zeros(8),
    w4: nn.he([3, 3, 8, 4]),
    b4: zeros(4),
  });
  type Values = ReturnType<typeof net.values>;
  const lossOf = (x: T, v: Values) => {
    const first = tf.relu(conv(v.w1, v.b1)(halve(x), 1));
    const second = tf.relu(conv(v.w2, v.b2)(first, 1));
    const third = tf.relu(conv(v.w3, v.b3)(second, 1));
    const found = shuffle(conv(v.w4, v.b4)(third, 1));
    return found.sub(x).square().mean() as tf.Scalar;
  };
  const updates = 2000;
  const optimiser = adam(net, { rate: 0 });
  const batch = batches(train, 64);
  for await (const step of steps(updates)) {
    optimiser.rate = rateAt(step, updates);
    const { x } = batch.next().value;
    await optimiser.step((v) => lossOf(x, v));
  }
  const found = net.values();
  const error = (await lossOf(test.x, found).data())[0];
  console.log(
    `sr: ${(-10 * Math.log10(error)).toFixed(2)} dB, ${process.cpuUsage().user / 1e6} s`,
  );
  return found;
}

/** Convolutions with batch-norm, means of 2 × 2 after the first, then one linear layer. */
async function classifier(
  { adam, batches, data, nn, parameters, steps }: Lab,
  depth: number,
): Promise<Net> {
  const { train, test } = await data.mnist({
    size: 14,
    test: 1000,
  });
  const names = [...Array(depth).keys()].map((i) => i + 1);
  const initial: Net = { w: nn.he([392, 10]), b: zeros(10) };
  for (const i of names) {
    initial[`w${i}`] = nn.he([3, 3, i === 1 ? 1 : 8, 8]);
    initial[`scale${i}`] = tf.ones([8]) as T;
    initial[`shift${i}`] = zeros(8);
  }
  const net = parameters(initial);
  const moments = (z: T) => {
    const mean = z.mean([0, 1, 2]);
    return { mean, variance: z.sub(mean).square().mean([0, 1, 2]) };
  };
  /** The logits with the statistics of x itself, and the folded filters and biases of that. */
  const run = (x: T, v: Net) => {
    const folded: Net = { w: v.w, b: v.b };
    let a = x;
    for (const i of names) {
      const z = conv(v[`w${i}`], zeros(8))(
        i === 2 ? halve(a) : a,
        1,
      );
      const { mean, variance } = moments(z);
      const gain = v[`scale${i}`].div(variance.add(1e-3).sqrt());
      folded[`w${i}`] = v[`w${i}`].mul(gain);
      folded[`b${i}`] = v[`shift${i}`].sub(mean.mul(gain));
      a = tf.relu(z.mul(gain).add(folded[`b${i}`]));
    }
    return {
      logits: tf.matMul(a.reshape([-1, 392]), v.w).add(v.b),
      folded,
    };
  };
  const updates = 500;
  const optimiser = adam(net, { rate: 0 });
  const batch = batches(train, 64);
  for await (const step of steps(updates)) {
    optimiser.rate = rateAt(step, updates);
    const { x, y } = batch.next().value;
    await optimiser.step((v) =>
      nn.crossEntropy(run(x, v).logits, y),
    );
  }
  const { folded } = run(train.x.slice([0], [1000]), net.values());
  let a: T = test.x;
  for (const i of names)
    a = tf.relu(
      conv(folded[`w${i}`], folded[`b${i}`])(
        i === 2 ? halve(a) : a,
        1,
      ),
    );
  const logits = tf
    .matMul(a.reshape([-1, 392]), folded.w)
    .add(folded.b);
  const right = (await nn.accuracy(logits, test.y).data())[0];
  console.log(
    `c${depth}: ${right.toFixed(3)}, ${process.cpuUsage().user / 1e6} s`,
  );
  return folded;
}
