/**
 * Trains all 1,296 architectures of this page on two graphs and writes `public/data/auto-gnn.safetensors`:
 * `node content/papers/auto-gnn/train.ts`. 32 networks at a time, which differ in all but attention and aggregate.
 */
import { writeFile } from 'node:fs/promises';
import { chooseBackend } from '../../../src/kernel/backends/choose.ts';
import { nodeLoaders } from '../../../src/kernel/loaders-node.ts';
import * as tf from '../../../src/kernel/tf.ts';
import { writeSafetensors } from '../../../src/lab/safetensors.ts';
import { trainingLab } from '../../../src/tools/training-lab.ts';
import type { Graph, Layers } from './layer.ts';
import { network, weightsOf } from './layer.ts';

const [graphs, n, K, classes, features] = [2, 160, 12, 4, 12];
const [labelled, validated] = [32, 64];
const [updates, rate] = [
  Number(process.argv[2] ?? 30),
  Number(process.argv[3] ?? 0.05),
];
const groups = Number(process.argv[4] ?? 81);
const first = Number(process.argv[6] ?? 0);
const file = process.argv[5] ?? 'public/data/auto-gnn.safetensors';
type Lab = ReturnType<typeof trainingLab>;

await chooseBackend({ loaders: nodeLoaders, want: 'wasm' });
const sets: Record<string, tf.Tensor>[] = [];
for (let seed = 0; seed < graphs; seed++) {
  const lab = trainingLab(seed);
  const set = drawn(lab);
  const found = await table(lab, set);
  sets.push({ ...set, ...found });
  const names = Object.keys(sets[0]);
  const stacked = names.map((name) => [
    name,
    tf.stack(sets.map((each) => each[name])),
  ]);
  const bytes = await writeSafetensors(Object.fromEntries(stacked));
  await writeFile(file, new Uint8Array(bytes));
  console.log(`${file}: ${bytes.byteLength} bytes`);
}

/** A degree-corrected block model, features of the classes, and its lists of neighbours. */
function drawn({ random }: Lab) {
  const size = n / classes;
  const order = random.permutation(n);
  const label = order.map((place) => Math.floor(place / size));
  const raw = label.map(() => Math.exp(0.5 * random.gaussian()));
  const mean = raw.reduce((a, b) => a + b) / n;
  const factor = raw.map((each) => each / mean);
  const lists = label.map((_, i) => [i]);
  for (let i = 0; i < n; i++)
    for (let j = i + 1; j < n; j++) {
      const same = label[i] === label[j];
      const chance = (same ? 0.085 : 0.018) * factor[i] * factor[j];
      const linked = random.number() < chance;
      if (!linked || lists[i].length >= K || lists[j].length >= K)
        continue;
      lists[i].push(j);
      lists[j].push(i);
    }
  const centres = Array.from({ length: classes }, () =>
    Array.from({ length: features }, () => random.gaussian()),
  );
  const noisy = label.map((c) =>
    centres[c].map((centre) => centre + 1.5 * random.gaussian()),
  );
  const x = tf.tensor2d(noisy);
  const near = lists.flatMap((list, i) =>
    Array.from({ length: K }, (_, k) => list[k] ?? i),
  );
  const back = lists.flatMap((list, i) =>
    Array.from({ length: K }, (_, k) =>
      k < list.length
        ? list[k] * K + lists[list[k]].indexOf(i)
        : i * K + k,
    ),
  );
  return {
    x: x.div(x.square().mean().sqrt()),
    labels: tf.tensor1d(label, 'int32'),
    near: tf.tensor1d(near, 'int32'),
    back: tf.tensor1d(back, 'int32'),
    places: tf.tensor1d(
      lists.map((list) => list.length),
      'int32',
    ),
  };
}

/** Validation and test accuracy of each architecture, for two initialisations: [2, 1296]. */
async function table(lab: Lab, set: Record<string, tf.Tensor>) {
  const full = tf
    .range(0, K)
    .less(set.places.expandDims(1))
    .cast('float32');
  const degree = full.sum(1, true);
  const { near, back } = set;
  const links = tf
    .oneHot(near as tf.Tensor1D, n, 1, 0, 'float32')
    .reshape([n, K, n])
    .mul(full.expandDims(2))
    .sum<tf.Tensor2D>(1);
  const graph: Graph = { near, back, full, links, degree };
  const validation = new Float32Array(2 * 1296);
  const test = new Float32Array(2 * 1296);
  const started = Date.now();
  // A batch: width × combine × activation × initialisation.
  const B = 32;
  const each = Array.from({ length: B }, (_, b) => ({
    width: b >> 4,
    mlp: (b >> 3) & 1,
    activation: (b >> 1) & 3,
    start: b & 1,
  }));
  const kinds = {
    width: tf.tensor3d(
      each.map(({ width }) => [
        Array.from({ length: 8 }, (_, k) =>
          width ? 1 : k < 2 ? 2 : 0,
        ),
      ]),
    ),
    mlp: tf.tensor3d(each.map(({ mlp }) => [[mlp]])),
    activation: tf
      .oneHot(
        tf.tensor1d(
          each.map(({ activation }) => activation),
          'int32',
        ),
        4,
        1,
        0,
        'float32',
      )
      .reshape([B, 4, 1, 1]),
  };
  const x = set.x.expandDims(0).tile([B, 1, 1]);
  const target = tf
    .oneHot(set.labels as tf.Tensor1D, classes, 1, 0, 'float32')
    .slice([0], [labelled]);
  const attentions = ['constant', 'gcn', 'gat'] as const;
  const aggregates = ['sum', 'mean', 'max'] as const;
  for (let group = first; group < groups; group++) {
    const digit = (k: number) => Math.floor(group / 3 ** k) % 3;
    const [a1, a2, g1, g2] = [
      digit(3),
      digit(2),
      digit(1),
      digit(0),
    ];
    const layers: Layers = [
      [attentions[a1], aggregates[g1]],
      [attentions[a2], aggregates[g2]],
    ];
    const net = lab.parameters(
      weightsOf(lab.random.normal, [B, features, classes], layers),
    );
    const optimiser = lab.adam(net, {
      rate,
      beta2: 0.99,
      weightDecay: 0.03,
    });
    const logits = (w: ReturnType<typeof net.values>) =>
      network(x, w, kinds, graph, layers);
    for await (const _ of lab.steps(updates))
      await optimiser.step((w) => {
        const out = logits(w).slice([0, 0], [B, labelled]);
        const logP = out.sub(out.logSumExp(-1, true));
        return logP.mul(target).sum().div(-labelled);
      });
    const right = tf.tidy(() =>
      logits(net.values()).argMax(-1).equal(set.labels).toFloat(),
    );
    const share = async (begin: number, size: number) =>
      right.slice([0, begin], [B, size]).mean(1).data();
    const from = labelled + validated;
    const val = await share(labelled, validated);
    const rest = await share(from, n - from);
    each.forEach(({ width, mlp, activation, start }, b) => {
      const at =
        (((((width * 3 + a1) * 3 + a2) * 3 + g1) * 3 + g2) * 2 +
          mlp) *
          4 +
        activation;
      validation[start * 1296 + at] = val[b];
      test[start * 1296 + at] = rest[b];
    });
    right.dispose();
    net.flat.dispose();
    if (group % 9 === 8 || groups < 81)
      console.log(
        `${group + 1} of 81: ${process.cpuUsage().user / 1e6} ${Math.round((Date.now() - started) / 1000)} s`,
      );
  }
  const sorted = [...validation].sort((a, b) => a - b);
  console.log(
    'quantiles',
    [0, 0.25, 0.5, 0.75, 0.95, 1].map((q) =>
      sorted[Math.floor(q * (sorted.length - 1))].toFixed(3),
    ),
  );
  return {
    validation: tf.tensor2d(validation, [2, 1296]),
    test: tf.tensor2d(test, [2, 1296]),
  };
}
