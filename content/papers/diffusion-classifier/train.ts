/**
 * Trains the denoiser of this page and writes `public/data/diffusion-classifier.safetensors`, in bytes:
 * `node content/papers/diffusion-classifier/train.ts`. It never sees a label.
 */
import { writeFile } from 'node:fs/promises';
import { chooseBackend } from '../../../src/kernel/backends/choose.ts';
import { nodeLoaders } from '../../../src/kernel/loaders-node.ts';
import * as tf from '../../../src/kernel/tf.ts';
import type { Stored } from '../../../src/lab/safetensors-bytes.ts';
import { writeStored } from '../../../src/lab/safetensors-bytes.ts';
import { trainingLab } from '../../../src/tools/training-lab.ts';
import { alphaBar, denoise, denoisingLoss } from './mechanism.ts';
import { noisy, timeCode, type Weights } from './mechanism.ts';

const updates = Number(process.argv[2] ?? 4500);
const seed = Number(process.argv[3] ?? 0);
const file =
  process.argv[4] ?? 'public/data/diffusion-classifier.safetensors';
const batch = 128;

await chooseBackend({ loaders: nodeLoaders, want: 'wasm' });
const { adam, data, nn, parameters, random, steps, toNumber } =
  trainingLab(seed);

// 5,000 training digits, and those of the test set that the page does not test on.
const set = await data.mnist({
  size: 14,
  flat: true,
  normalise: 'signed',
});
const clean = tf.concat([
  set.train.x,
  set.test.x.slice([1000], [-1]),
]);
const kept = alphaBar(1000, 1e-4, 0.02);

const net = parameters(initial());
const optimiser = adam(net, { rate: 0 });
const begun = Date.now();
let sum = 0;
for await (const step of steps(updates, 'updates')) {
  optimiser.rate =
    1e-3 *
    (1 + Math.cos((Math.PI * step) / updates)) *
    Math.min(1, (step + 1) / 50);
  const t = Array.from(Array(batch), () => random.integer(0, 1000));
  const noise = random.normal([batch, 196]);
  const digits = clean.gather(
    random.integers([batch], 0, clean.shape[0]),
  );
  const x = noisy(
    digits,
    noise,
    tf.tensor2d(t.map((t) => [kept[t]])),
  );
  const code = timeCode(t, 8, 1000);
  const loss = await optimiser.step((w) =>
    denoisingLoss(denoise(x, code, w).noise, noise),
  );
  if (step % 10 === 0) sum += await toNumber(loss);
  if (step % 500 === 499) {
    console.log(
      step + 1,
      (sum / 50).toFixed(4),
      `${((Date.now() - begun) / 1000).toFixed(0)} s`,
    );
    sum = 0;
    await save();
  }
}
console.log(`${net.size} weights`);

/** He's deviation, √(2/in); maps of the time and of the output begin at 0.3 of it. */
function initial(): Weights {
  const inputs = [196, 256, 128, 64 + 128, 128 + 256, 256];
  const outputs = [256, 128, 64, 128, 256, 196];
  const all: Weights = {};
  for (const [i, out] of outputs.entries()) {
    const last = i === 5;
    all[`w${i + 1}`] = nn.he([inputs[i], out]).mul(last ? 0.3 : 1);
    all[`b${i + 1}`] = tf.zeros([out]);
    if (!last) all[`v${i + 1}`] = nn.he([16, out]).mul(0.3);
  }
  return all;
}

/** Each matrix in bytes, −127 to 127, and its largest entry beside it; biases as they are. */
async function save() {
  const stored: Record<string, Stored> = {};
  for (const [name, tensor] of Object.entries(net.values())) {
    const values = (await tensor.data()) as Float32Array;
    if (tensor.rank === 1) {
      stored[name] = { shape: tensor.shape, data: values };
      continue;
    }
    const largest = values.reduce(
      (most, v) => Math.max(most, Math.abs(v)),
      0,
    );
    stored[name] = {
      shape: tensor.shape,
      data: Int8Array.from(values, (v) =>
        Math.round((127 * v) / largest),
      ),
    };
    stored[`${name}/scale`] = {
      shape: [],
      data: Float32Array.of(largest / 127),
    };
  }
  await writeFile(file, new Uint8Array(writeStored(stored).buffer));
}
