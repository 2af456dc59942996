import * as tf from '@tensorflow/tfjs';
import { check, Plot, select, show, toArray } from 'lab';
import { candidates, kinds } from './collection';
import { scores } from './kernels';
import { counted, grades, testing, training } from './matches';
import { ndcg } from './mechanism';
import { learnt, plain } from './towers';

const models = {
  'mean vectors': plain,
  representation: learnt,
  BM25: counted.slice([0, training]),
  'exact kernel only': scores.slice([2], [1]).squeeze([0]),
  'without exact kernel': scores.slice([1], [1]).squeeze([0]),
  interaction: scores.slice([0], [1]).squeeze([0]),
};
const names = Object.keys(models);
const model = select('model', {
  label: 'model that the checks read',
  options: names,
  value: 'interaction',
});

const [N, K] = [names.length, kinds.length];
const all = tf.concat(Object.values(models));
const y = grades.slice([training]).tile([N * K, 1]);
const each = ndcg(all.reshape([-1, candidates]), y);
const quality = await toArray<number[][]>(
  each.reshape([N, K, testing]).mean(-1),
);
const rows = names.flatMap((model, m) =>
  kinds.map((form, k) => ({
    model,
    form,
    ndcg: quality[m][k],
    text: quality[m][k].toFixed(2),
  })),
);
const at = { x: 'form', y: 'model' };
show(
  'ranking',
  Plot.plot({
    title:
      'NDCG@10 of six models on three forms of the same queries',
    x: { label: null, domain: [...kinds], axis: 'top' },
    y: { label: null, domain: names },
    color: { label: 'NDCG@10', domain: [0, 1] },
    height: 260,
    marks: [
      Plot.cell(rows, { ...at, fill: 'ndcg', inset: 1 }),
      Plot.text(rows, { ...at, text: 'text' }),
    ],
  }),
);

const of = (name: string, form: (typeof kinds)[number]) =>
  quality[names.indexOf(name)][kinds.indexOf(form)];
const averaged = Math.max(
  of('representation', 'mixed'),
  of('mean vectors', 'mixed'),
);
check('mixed words, over averages', of(model, 'mixed') - averaged, {
  above: 0.08,
  because: 'single words are compared before anything is summed',
  breaks: { model: 'representation' },
});
check(
  'other words, over BM25',
  of(model, 'paraphrase') - of('BM25', 'paraphrase'),
  {
    above: 0.5,
    because: 'near words count, not only equal ones',
    breaks: { model: 'BM25' },
  },
);
check('the same words', of(model, 'exact'), {
  above: 0.95,
  because: 'the match of a single word is not averaged away',
  breaks: { model: 'mean vectors' },
});
