import * as tf from '@tensorflow/tfjs';
import { check, images, show } from 'lab';
import { earned, visits } from './experiment';
import { space } from './space';
import { proxy } from './table';

// Rows and columns in the order of their mean accuracy.
const [rows, columns] = [21, 45];
const all = tf.tensor2d(proxy, [rows, columns]);
const [down, across] = [all.mean(1), all.mean(0)];
const by = (means: tf.Tensor) =>
  tf.topk(means, means.size).indices as tf.Tensor1D;
const [first, second] = [by(down), by(across)];
const arranged = (x: tf.Tensor) =>
  tf.gather(tf.gather(x, first), second, 1);

/** How often cells were trained, by the searches given. */
function looked(lists: number[][]) {
  const counts = new Array<number>(space.length).fill(0);
  for (const i of lists.flat()) if (i >= 0) counts[i] += 1;
  const seen = tf.tensor2d(counts, [rows, columns]);
  return seen.sqrt().div(seen.max().sqrt());
}
const low = Math.min(...proxy);
const high = Math.max(...proxy);
const half = visits.length / 2;
const found = visits.slice(0, half);
const late = found.map((run) => run.slice(-100));
const panels = {
  'accuracy of all 945 cells': all.sub(low).div(high - low),
  'where random search looked': looked(visits.slice(half)),
  'controller, first 100': looked(
    found.map((run) => run.slice(0, 100)),
  ),
  'controller, last 100': looked(late),
};
const pictures = Object.entries(panels).map(([name, x]) => [
  name,
  arranged(x),
]);
show(
  'map',
  await images(Object.fromEntries(pictures), {
    title:
      'The whole space of cells, and where a search looks in it',
    range: [0, 1],
    inks: { 'controller, last 100': 'mechanism' },
  }),
);

// The best tenth of the space, by what the searches were paid.
const paid = new Map(
  visits.flatMap((run, k) => run.map((i, c) => [i, earned[k][c]])),
);
const bound = [...paid.values()].sort((a, b) => b - a)[94];
const hits = late.flat().filter((i) => paid.get(i)! >= bound);
const share = hits.length / late.flat().length;
check('share of the last children in the best tenth', share, {
  above: 0.3,
  because: 'formula (3) raises the choices that good cells share',
  breaks: { rate: 0 },
});
