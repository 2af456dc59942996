/**
 * Trains the three networks of this page and writes `public/data/maxim.safetensors`:
 * `node content/papers/maxim/train.ts`. Equal sizes, equal digits and damages; only the axes differ.
 */
import { writeFile } from 'node:fs/promises';
import { chooseBackend } from '../../../src/kernel/backends/choose.ts';
import { nodeLoaders } from '../../../src/kernel/loaders-node.ts';
import * as tf from '../../../src/kernel/tf.ts';
import { writeSafetensors } from '../../../src/lab/safetensors.ts';
import { trainingLab } from '../../../src/tools/training-lab.ts';
import { framed, haze, initial, tiles } from './damage.ts';
import { type Axis, restore, type Weights } from './mechanism.ts';

const updates = Number(process.argv[2] ?? 1500);
const seed = Number(process.argv[3] ?? 0);
const only = process.argv[4];
const file = process.argv[5] ?? 'public/data/maxim.safetensors';
const nets: [string, Axis[]][] = [
  ['both', ['grid', 'block']],
  ['grid', ['grid', 'grid']],
  ['block', ['block', 'block']],
];

await chooseBackend({ loaders: nodeLoaders, want: 'wasm' });
const all: Weights = {};
for (const [name, axes] of nets) {
  if (only && only !== name) continue;
  const net = await train(name, axes);
  for (const [key, tensor] of Object.entries(net))
    all[`${name}/${key}`] = tensor;
  const bytes = await writeSafetensors(all);
  await writeFile(file, new Uint8Array(bytes));
}

async function train(name: string, axes: Axis[]): Promise<Weights> {
  const { adam, batches, data, parameters, random, toNumber } =
    trainingLab(seed);
  const { train } = await data.mnist({ size: 14, train: 2000 });
  const branches = axes.map((axis) => ({ axis, size: 4 }));
  const net = parameters(initial(random, 8, [4, 4]));
  const optimiser = adam(net, { rate: 0 });
  const next = batches(train, 16);
  const begun = Date.now();
  let sum = 0;
  for (let step = 0; step < updates; step++) {
    optimiser.rate =
      5e-3 *
      (1 + Math.cos((Math.PI * step) / updates)) *
      Math.min(1, (step + 1) / 50);
    const { x } = next.next().value;
    const [clean, damaged] = tf.tidy(() => {
      const clean = framed(x);
      const damage = tiles(random, 16).add(haze(random, 16));
      return [clean, clean.add(damage)];
    });
    const loss = await optimiser.step((w) =>
      restore(damaged, w, branches).sub(clean).square().mean(),
    );
    sum += await toNumber(loss);
    tf.dispose([loss, clean, damaged]);
    if (step % 100 === 99) {
      console.log(
        name,
        step + 1,
        `${(-10 * Math.log10(sum / 100)).toFixed(2)} dB`,
        `${((Date.now() - begun) / 1000).toFixed(0)} s`,
      );
      sum = 0;
    }
  }
  console.log(`${name}: ${net.size} weights`);
  return net.values();
}
