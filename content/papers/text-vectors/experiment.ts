import * as tf from '@tensorflow/tfjs';
import { adam, baseline, chart, check, ink, parameters } from 'lab';
import { Plot, random, show, slider, steps, toArray } from 'lab';
import { variant } from 'lab';
import { documents, queries, years } from './corpus';
import * as m from './mechanism';

type T = tf.Tensor;
const bits = slider('bits', {
  label: 'bits of a code',
  min: 4,
  max: 16,
  value: 8,
  step: 2,
});
const rounds = slider('codeSteps', {
  label: 'steps of training',
  min: 10,
  max: 100,
  value: 30,
  step: 10,
});
const encode = variant('code', {
  'rounded in training': m.roundThrough,
  'rounded afterwards': m.unrounded,
  'true derivative': m.roundTruly,
});

// Three vectors for each address, side by side: the chosen one, one
// rounded afterwards, and a real one that is never squashed.
const [count, words] = documents.shape;
const start = random
  .normal([1, count, bits], 0, 0.1)
  .tile([3, 1, 1]);
const first = random.normal([1, bits, words], 0, 0.1);
const code = (hidden: T) => {
  const [chosen, soft, real] = tf.unstack(hidden);
  return tf.stack([encode(chosen), m.unrounded(soft), real]);
};
const cut = (hidden: T) => tf.round(tf.sigmoid(hidden));
const net = parameters({
  hidden: start,
  wordWeights: first.tile([3, 1, 1]),
  wordBias: tf.zeros([3, 1, words]),
});
const optimiser = adam(net, { rate: 0.1 });

/** Nats a word, predicted from the rounded codes: [3]. */
const nats = () =>
  tf.tidy(() => {
    const { hidden, wordWeights, wordBias } = net.values();
    const code = cut(hidden);
    return m.codeLoss(code, wordWeights, wordBias, documents);
  });
const curves = chart('nats', {
  title: 'How well do the bits predict the words?',
  over: 'step',
  x: { label: 'steps' },
  y: { label: 'nats a word, from rounded codes' },
  lines: {
    after: baseline('rounded afterwards'),
    binary: 'as chosen',
  },
});
async function measure(step: number) {
  const [binary, after] = await toArray<number[]>(nats());
  curves.add({ step, binary, after });
}
await measure(0);
for await (const step of steps(rounds, 'codes')) {
  await optimiser.step(({ hidden, wordWeights, wordBias }) =>
    m
      .codeLoss(code(hidden), wordWeights, wordBias, documents)
      .sum()
      .mul(count),
  );
  if (step % 10 === 9) await measure(step + 1);
}

// Other passages of the same addresses: only their vectors move.
const { hidden, wordWeights, wordBias } = net.values();
const anew = random.normal(start.shape, 0, 0.1);
const asked = parameters({ hidden: anew });
const infer = adam(asked, { rate: 0.1 });
for await (const _ of steps(rounds, 'new texts'))
  await infer.step(({ hidden }) =>
    m
      .codeLoss(code(hidden), wordWeights, wordBias, queries)
      .sum()
      .mul(count),
  );
const [codes, , reals] = tf.unstack(hidden);
const [askedCodes, , askedReals] = tf.unstack(
  asked.values().hidden,
);

// Eight random hyperplanes through the word frequencies.
const frequencies = (n: T) => {
  const unit = (x: T) => x.div(x.norm('euclidean', 1, true));
  return unit(n).sub(unit(documents).mean(0));
};
const planes = random.normal([words, bits]);
const sides = (n: T) => cut(tf.matMul(frequencies(n), planes));
const middle = (x: T) => {
  const sorted = tf.topk(
    x.transpose(),
    Math.ceil(count / 2),
  ).values;
  return cut(x.sub(sorted.min(1)));
};
const cosine = (a: T, b: T) => {
  const unit = (x: T) => x.div(x.norm('euclidean', 1, true));
  return tf.sub(1, tf.matMul(unit(a), unit(b), false, true));
};

/** Mean average precision: addresses of at most 8 years apart. */
async function meanPrecision(distances: T) {
  const far = await toArray<number[][]>(distances);
  const each = far.map((row, q) => {
    const near = years.map((y) => Math.abs(y - years[q]) <= 8);
    return m.averagePrecision(row, near);
  });
  return each.reduce((a, b) => a + b) / each.length;
}
const bitsOf = { own: cut(codes), planes: sides(documents) };
const search = {
  'as chosen': m.hamming(cut(askedCodes), bitsOf.own),
  'real, cut at medians': m.hamming(
    middle(askedReals),
    middle(reals),
  ),
  'random hyperplanes': m.hamming(sides(queries), bitsOf.planes),
  'real, by cosine': cosine(askedReals, reals),
  'word counts, by cosine': cosine(queries, documents),
};
const found: { code: string; map: number }[] = [];
for (const [code, distances] of Object.entries(search))
  found.push({ code, map: await meanPrecision(distances) });
const chance = await meanPrecision(tf.zeros([count, count]));
show(
  'search',
  Plot.plot({
    title: 'Finding addresses of the same years',
    marginLeft: 150,
    x: { label: 'mean average precision', domain: [0, 0.35] },
    y: { label: null, domain: found.map(({ code }) => code) },
    marks: [
      Plot.barX(found.slice(1), {
        x: 'map',
        y: 'code',
        fill: ink.baseline,
      }),
      Plot.barX(found.slice(0, 1), {
        x: 'map',
        y: 'code',
        fill: ink.mechanism,
      }),
      Plot.ruleX([chance], {
        stroke: ink.theory,
        strokeDasharray: '4 3',
      }),
    ],
  }),
);

/** Stretches of years in which a bit is one, bits by mean year. */
async function stretches(code: T, name: string) {
  const rows = await toArray<number[][]>(code.transpose());
  const mid = (row: number[]) => {
    const on = years.filter((_, i) => row[i] === 1);
    return on.reduce((a, b) => a + b, 0) / on.length;
  };
  rows.sort((a, b) => mid(a) - mid(b));
  return rows.flatMap((row, k) =>
    row.flatMap((on, i) => {
      if (!on || row[i - 1]) return [];
      const length = [...row.slice(i), 0].indexOf(0);
      const to = years[i + length] ?? years[count - 1] + 1;
      return [{ from: years[i], to, bit: k + 1, name }];
    }),
  );
}
const ours = await stretches(bitsOf.own, 'as chosen');
const theirs = await stretches(bitsOf.planes, 'random');
const block = { x1: 'from', x2: 'to', y: 'bit', fy: 'name' };
show(
  'history',
  Plot.plot({
    title: 'When is a bit on? Addresses in order of years',
    x: { label: 'year of the address', tickFormat: 'd' },
    y: { label: 'bit', type: 'band' },
    fy: {
      label: null,
      domain: ['as chosen', 'random'],
    },
    marks: [
      Plot.barX(theirs, { ...block, fill: ink.baseline }),
      Plot.barX(ours, { ...block, fill: ink.mechanism }),
    ],
  }),
);

const { binary, after } = curves.last;
check('nats a word won over rounding afterwards', after - binary, {
  above: 0.05,
  because: 'the bits themselves predict in training, formula (1)',
  breaks: { code: 'rounded afterwards' },
});
check(
  'precision of search, over hyperplanes',
  found[0].map / found[2].map,
  {
    above: 1.2,
    because: 'the bits have learnt which words go together',
    breaks: { code: 'true derivative' },
  },
);
const [drift] = await toArray<number[]>(
  tf.abs(hidden.sub(start)).mean([1, 2]),
);
check('mean move of a number behind a bit', drift, {
  above: 0.3,
  because: 'the gradient (2) passes the rounding',
  breaks: { code: 'true derivative' },
});
