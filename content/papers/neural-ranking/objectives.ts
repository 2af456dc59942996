import * as tf from '@tensorflow/tfjs';
import { adam, baseline, chart, check, parameters } from 'lab';
import { random, select, steps, toArray } from 'lab';
import { candidates } from './collection';
import { centres, grades, phi, testing, training } from './matches';
import { listwise, ndcg, pairwise, pointwise } from './mechanism';

const objective = select('objective', {
  label: 'objective that the check reads',
  options: ['pairwise', 'listwise', 'pointwise'],
});
const losses = { pairwise, listwise, pointwise };
const names = Object.keys(losses);

// Judges differ: each query's grades are moved by one number, drawn
// with this standard deviation.
const spreads = [0, 1, 2, 4];
const [O, S] = [names.length, spreads.length];
const judge = random.normal([1, training, 1]);
const moved = judge.mul(tf.tensor1d(spreads).reshape([S, 1, 1]));
const y = grades.slice(0, training).add(moved);
const mixed = phi.slice([1], [1]).squeeze([0]);

/** Scores of queries by twelve models: [objectives, spreads, Q, 20]. */
const score = (w: tf.Tensor, from: number, count: number) =>
  tf
    .matMul(
      mixed.slice(from, count).reshape([-1, centres.length]),
      w,
    )
    .transpose()
    .reshape([O, S, count, candidates]);

const net = parameters({ w: tf.zeros([centres.length, O * S]) });
const optimiser = adam(net, { rate: 0.08 });
for await (const _ of steps(40, 'three objectives')) {
  await optimiser.step(({ w }) => {
    const all = tf.unstack(score(w, 0, training));
    return tf.addN(
      Object.values(losses).map((loss, o) =>
        loss(all[o], y).mean(),
      ),
    );
  });
}

const scores = score(net.values().w, training, testing);
const truth = grades.slice(training).tile([O * S, 1]);
const each = ndcg(scores.reshape([-1, candidates]), truth);
const quality = await toArray<number[][]>(
  each.reshape([O, S, testing]).mean(-1),
);
chart('objectives', {
  title: 'What is learnt from judges who differ',
  over: 'spread',
  x: { label: 'spread of the judges' },
  y: { label: 'NDCG@10', domain: [0.2, 1] },
  lines: {
    pairwise: { label: 'pairwise', as: 'series 1' },
    listwise: { label: 'listwise', as: 'series 2' },
    pointwise: baseline('pointwise'),
  },
}).add(
  ...spreads.map((spread, s) => ({
    spread,
    pairwise: quality[0][s],
    listwise: quality[1][s],
    pointwise: quality[2][s],
  })),
);
const read = quality[names.indexOf(objective)];
check('quality kept when judges differ by 4', read[3] / read[0], {
  above: 0.9,
  because:
    'adding to all grades of a query changes none of its pairs',
  breaks: { objective: 'pointwise' },
});
