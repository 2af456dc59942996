/** Records the answers of the backends' self-test, on the CPU backend: `node src/tools/known-answers.ts`. */
import { writeFile } from 'node:fs/promises';
import { correctGradients } from '../kernel/backends/gradients.ts';
import { answers } from '../kernel/backends/self-test-run.ts';
import { nodeLoaders } from '../kernel/loaders-node.ts';
import * as tf from '../kernel/tf.ts';

await nodeLoaders.cpu();
await tf.setBackend('cpu');
correctGradients();
const found = await answers();
for (const [name, answer] of Object.entries(found))
  if (typeof answer === 'string') throw new Error(`${name} has no answer on the CPU backend: ${answer}`);

const rows = Object.entries(found).map(
  ([name, answer]) => `  ${JSON.stringify(name)}: ${JSON.stringify(answer, short)},`,
);
const file = new URL('../kernel/backends/known-answers.ts', import.meta.url);
await writeFile(
  file,
  `/** What the self-test's operations give on the CPU backend: value and gradients, sampled. Made by src/tools/known-answers.ts. */\n// biome-ignore format: data\nexport const knownAnswers: Record<string, number[][]> = {\n${rows.join('\n')}\n};\n`,
);
console.log(`${rows.length} operations recorded.`);

/** Seven digits are all that float32 has. */
function short(_: string, value: unknown): unknown {
  return typeof value === 'number' ? Number(value.toPrecision(7)) : value;
}
