import * as tf from '@tensorflow/tfjs';
import { baseline, chart, check, select, steps } from 'lab';
import { toNumber } from 'lab';
import { ask, candidates, lay } from './collection';
import { bestMatches, interact, ndcg, unit } from './mechanism';

const order = select('order', {
  label: 'what the check reads',
  options: ['compare first', 'average first'],
});

const found = chart('blur', {
  title: 'What averaging costs, by the length of a document',
  over: 'words',
  x: { type: 'log', base: 2, label: 'words in a document' },
  y: { label: 'NDCG@10', domain: [0.2, 1] },
  lines: {
    compared: 'compared word by word',
    averaged: baseline('averaged, then compared'),
  },
  bounds: [{ y: 0.227, label: 'by chance' }],
});
const Q = 60;
for await (const words of steps([4, 8, 16, 32])) {
  const asked = Array.from({ length: Q }, () => ask(words));
  const { queries, documents, grades } = lay(asked, words);
  // Of the three forms the second, a mixture.
  const three = queries.slice([0, 3], [-1, 3]);
  const M = interact(three, documents);
  const byWord = M.reshape([Q, 3, candidates, words]);
  const compared = bestMatches(byWord.transpose([0, 2, 1, 3]));
  const means = unit(
    documents.reshape([Q, candidates, words, -1]).sum(2),
  );
  const averaged = tf
    .matMul(unit(three.sum(1, true)), means, false, true)
    .reshape([Q, candidates]);
  found.add({
    words,
    compared: await toNumber(ndcg(compared, grades).mean()),
    averaged: await toNumber(ndcg(averaged, grades).mean()),
  });
}

const { compared, averaged } = found.at(32);
const read = order === 'compare first' ? compared : averaged;
check(
  'comparing first, over averaging first, at 32 words',
  read - averaged,
  {
    above: 0.1,
    because: 'a mean of 32 vectors holds little of each',
    breaks: { order: 'average first' },
  },
);
