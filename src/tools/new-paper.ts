/** `npm run new <slug>`: a folder that builds, with a page, a mechanism, an experiment and a test to fill in. */
import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { sections, slugs } from '../../content/sections.ts';

const slug = process.argv[2];
if (!slug) stop('npm run new needs the slug of a paper, e.g. npm run new noprop');
if (!slugs.includes(slug))
  stop(
    `'${slug}' is not in content/sections.ts: add it to its section first, where it stands in the reading order`,
  );
const folder = `content/papers/${slug}`;
if (existsSync(`${folder}/index.mdx`)) stop(`${folder} exists already`);

function stop(sentence: string): never {
  console.error(sentence);
  process.exit(1);
}

const section = sections.find(({ papers }) => papers.includes(slug))!;

const page = `---
title: The paper's title
section: ${section.id}
authors: [First Author, Second Author]
year: 2020
venue: arXiv preprint
arxiv: '0000.00000'
summary: One sentence that says what the mechanism does and what it replaces.
techniques: [regression]
symbols:
  - { key: slope, tex: 'w', meaning: the slope that is learnt, shape: a number }
finding: { output: loss, caption: What to see in the figure. }
related: []
bibtex: { type: misc, key: author2020word }
---

## The idea {#idea}

What was wrong before, what changes, why it works.

## The formulas {#formulas}

The loss is

$$
L(\\sym{slope}{w}) = \\tfrac1n\\sum_i (\\sym{slope}{w}x_i - y_i)^2 \\tag{1}
$$

<Symbols />

<Notebook>
<Cell file="mechanism">The formula, as a function.</Cell>
<Cell file="experiment">The run: what to look at.</Cell>
</Notebook>

## What the paper reports {#reports}

Its own numbers, with table or figure.

## What this does not show {#limits}

What was left out, plainly.

## Try this {#try}

- <Try set={{ rule: 'constant' }}>The constant rule</Try>: the loss stays where it was.
`;

const mechanism = `import * as tf from '@tensorflow/tfjs';

/** L = mean (w x − y)², formula (1). x, y [n], slope [] → [] */
export function loss(slope: tf.Tensor, x: tf.Tensor, y: tf.Tensor) {
  return slope.mul(x).sub(y).square().mean();
}
`;

const experiment = `import * as tf from '@tensorflow/tfjs';
import { check, ink, parameters, Plot, random, sgd } from 'lab';
import { show, steps, toNumber, variant } from 'lab';
import { loss } from './mechanism';

const rate = variant('rule', {
  descent: () => 0.1,
  constant: () => 0,
})();

const x = random.normal([64]);
const y = x.mul(2);
const net = parameters({ slope: tf.scalar(0) });
const optimiser = sgd(net, { rate });

const curve: { step: number; loss: number }[] = [];
for await (const step of steps(50, 'training')) {
  const now = await optimiser.step(({ slope }) => loss(slope, x, y));
  curve.push({ step, loss: await toNumber(now) });
}
const title = 'Each step takes a part of the error away';
const marks = [
  Plot.line(curve, { x: 'step', y: 'loss', stroke: ink.mechanism }),
];
show('loss', Plot.plot({ title, x: { label: 'step' }, marks }));

const first = curve[0].loss;
for (const [claim, step] of [
  ['loss after 10 steps, of the first', 10],
  ['loss after 25 steps, of the first', 25],
  ['loss after 50 steps, of the first', 49],
] as const) {
  check(claim, curve[Math.min(step, curve.length - 1)].loss / first, {
    below: 0.5,
    because: 'gradient descent on a convex loss',
    breaks: { rule: 'constant' },
  });
}
`;

const test = `import * as tf from '@tensorflow/tfjs';
import { expect, test } from 'vitest';
import { loss } from '../../content/papers/${slug}/mechanism.ts';

test('formula (1) is zero for the true slope and grows as its square', async () => {
  const x = tf.tensor1d([1, -2, 3]);
  const at = async (slope: number) => (await loss(tf.scalar(slope), x, x.mul(2)).data())[0];
  expect(await at(2)).toBe(0);
  expect(await at(4)).toBeCloseTo(4 * (await at(3)), 5);
});
`;

await mkdir(folder, { recursive: true });
await writeFile(`${folder}/index.mdx`, page);
await writeFile(`${folder}/mechanism.ts`, mechanism);
await writeFile(`${folder}/experiment.ts`, experiment);
await writeFile(`tests/papers/${slug}.test.ts`, test);
console.log(`${folder} is there. Next:
  npm run dev               look at http://localhost:4321/papers/${slug}/
  npm run record ${slug}    run it on three seeds and under every break
  npm run look ${slug}      four pictures of the page
  npm test -- ${slug}       all that a paper must pass`);
