/** The files of a paper to start from, by path: a page, a mechanism, an experiment and a test, whole as they are. */
export const newPaperFiles = (slug: string, section: string): Record<string, string> => ({
  [`content/papers/${slug}/index.mdx`]: page(section),
  [`content/papers/${slug}/mechanism.ts`]: mechanism,
  [`content/papers/${slug}/experiment.ts`]: experiment,
  [`tests/papers/${slug}.test.ts`]: test(slug),
});

const page = (section: string) => `---
title: The paper's title
section: ${section}
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

- <Try set={{ rule: 'constant' }} makes={{ 'loss-after-49-steps-of-the-first': 'fails' }}>The constant rule</Try>: after 49 steps <Measured check="loss-after-49-steps-of-the-first" set={{ rule: 'constant' }} /> of the loss is left.
`;

const mechanism = `import * as tf from '@tensorflow/tfjs';

/** L = mean (w x − y)², formula (1). x, y [n], slope [] → [] */
export function loss(slope: tf.Tensor, x: tf.Tensor, y: tf.Tensor) {
  return slope.mul(x).sub(y).square().mean();
}
`;

const experiment = `import * as tf from '@tensorflow/tfjs';
import { chart, check, parameters, random, sgd, steps } from 'lab';
import { toNumber, variant } from 'lab';
import { loss } from './mechanism';

const rules = { descent: () => 0.1, constant: () => 0 };
const rate = variant('rule', rules, { label: 'step size' })();

const training = chart('loss', {
  title: 'What each step leaves of the loss',
  over: 'step',
  x: { label: 'step' },
  y: { label: 'loss' },
  lines: { loss: { dots: false } },
});

const x = random.normal([64]);
const y = x.mul(2);
const net = parameters({ slope: tf.scalar(0) });
const optimiser = sgd(net, { rate });
for await (const step of steps(50, 'training')) {
  const now = optimiser.step(({ slope }) => loss(slope, x, y));
  training.add({ step, loss: await toNumber(await now) });
}

/** The loss after some steps, as a share of the first. */
function left(step: number) {
  const { rows } = training;
  return rows[Math.min(step, rows.length - 1)].loss / rows[0].loss;
}

const because = 'gradient descent on a convex loss';
check('loss after 10 steps, of the first', left(10), {
  below: 0.5,
  because,
  breaks: { rule: 'constant' },
});
check('loss after 25 steps, of the first', left(25), {
  below: 0.1,
  because,
  breaks: { rule: 'constant' },
});
check('loss after 49 steps, of the first', left(49), {
  below: 0.01,
  because,
  breaks: { rule: 'constant' },
});
`;

const test = (slug: string) => `import * as tf from '@tensorflow/tfjs';
import { expect, test } from 'vitest';
import { loss } from '../../content/papers/${slug}/mechanism.ts';

test('formula (1) is zero for the true slope and grows as its square', async () => {
  const x = tf.tensor1d([1, -2, 3]);
  const at = async (slope: number) => (await loss(tf.scalar(slope), x, x.mul(2)).data())[0];
  expect(await at(2)).toBe(0);
  expect(await at(4)).toBeCloseTo(4 * (await at(3)), 5);
});
`;
