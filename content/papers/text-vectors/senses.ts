import * as tf from '@tensorflow/tfjs';
import { adam, baseline, chart, check, mean } from 'lab';
import { parameters, random, show, slider, steps } from 'lab';
import { toArray, toNumber, variant } from 'lab';
import * as m from './mechanism';
import { pairs, seen, terms } from './windows';

const count = slider('senses', {
  label: 'senses of a word',
  min: 1,
  max: 3,
  value: 2,
  step: 1,
});
const loss = variant('loss', {
  mixture: m.mixtureLoss,
  'average of logs': m.averageLoss,
});

const table = seen.map(({ context }) => {
  const row = new Array<number>(terms.length).fill(0);
  for (const v of context) row[v]++;
  return row;
});
const counts = tf.tensor2d(table);
const ids = seen.map(({ pair }) => pair);
const word = tf.oneHot(ids, pairs.length, 1, 0, 'float32');
const length = counts.sum(1).mean();

/** The tensors of a model that gives each word so many senses. */
function model(senses: number) {
  const sensed = [pairs.length, senses, 16];
  const vectors = [terms.length, 16];
  const net = parameters({
    senses: random.normal(sensed, 0, 0.1),
    selectors: random.normal(sensed, 0, 0.1),
    contextIn: random.normal(vectors, 0, 0.1),
    contextOut: random.normal(vectors, 0, 0.1),
  });
  return { net, optimiser: adam(net, { rate: 0.04 }) };
}
type Model = ReturnType<typeof model>;
type Values = ReturnType<Model['net']['values']>;
const sense = (v: Values) =>
  m.senseGiven(v.selectors, v.contextIn, counts, word);
const window = (v: Values) =>
  m.windowGiven(v.senses, v.contextOut, counts, word);
const models = { one: model(1), several: model(count) };
const nats = (of: Model) =>
  toNumber(
    tf.tidy(() => {
      const values = of.net.values();
      const all = m.mixtureLoss(sense(values), window(values));
      return all.div(length);
    }),
  );

const curves = chart('windows', {
  title: 'How well do senses explain the context?',
  over: 'step',
  x: { label: 'steps' },
  y: { label: 'nats a context word' },
  lines: { one: baseline('one sense'), several: 'as chosen' },
});
async function measure(step: number) {
  const one = await nats(models.one);
  curves.add({ step, one, several: await nats(models.several) });
}
await measure(0);
for await (const step of steps(60, 'senses')) {
  for (const { optimiser } of Object.values(models))
    await optimiser.step((v) => loss(sense(v), window(v)));
  if (step % 20 === 19) await measure(step + 1);
}

// Which sense the context chose, against the word that it was.
const values = models.several.net.values();
const chosen = await toArray<number[]>(sense(values).argMax(1));
const rights = pairs.map((_, pair) => {
  const here = seen.flatMap((w, i) => (w.pair === pair ? i : []));
  const shares = [0, 1].map((truth) => {
    const own = here.filter((i) => seen[i].truth === truth);
    const tally = (z: number) =>
      own.filter((i) => chosen[i] === z).length / own.length;
    return Array.from({ length: count }, (_, z) => tally(z));
  });
  const apart = shares[0].map((p, z) => Math.max(p, shares[1][z]));
  return apart.reduce((a, b) => a + b) / 2;
});
const plain = tf.logSoftmax(
  tf.matMul(
    values.senses.reshape([-1, 16]),
    values.contextOut,
    false,
    true,
  ),
);
const usual = counts.sum(0).add(5).log();
const typical = await toArray<number[][]>(
  tf.topk(plain.sub(usual), 5).indices,
);
show(
  'senses',
  pairs.map((pair, p) => ({
    'merged word': pair.join(' + '),
    ...Object.fromEntries(
      Array.from({ length: count }, (_, z) => [
        `sense ${z + 1}`,
        typical[p * count + z].map((v) => terms[v]).join(', '),
      ]),
    ),
    'told apart': `${Math.round(100 * rights[p])} %`,
  })),
);

check(
  'windows given the right sense, both words equal',
  mean(rights),
  {
    above: 0.6,
    because: 'the selector (6) is trained by what it explains',
    breaks: { senses: 1 },
  },
);
const { one, several } = curves.last;
check('nats a context word won by several senses', one - several, {
  above: 0.15,
  because: 'contexts of two words are not those of one',
  breaks: { senses: 1 },
});
