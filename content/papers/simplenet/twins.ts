import * as tf from '@tensorflow/tfjs';
import { check, images, show, toNumber } from 'lab';
import { designs, x } from './designs';
import { trained } from './experiment';
import { head, maps, pool } from './mechanism';

type T = tf.Tensor;

// The twin of a digit: each 2 × 2 block is turned by half a turn.
const turned = x.reshape([-1, 2, 8]).reverse(1);
const twin = turned.reshape([-1, 2]).reverse(1).reshape(x.shape);

// How far apart the two are in the first map, over its channels.
const n = x.shape[0];
const { name, layers } = designs[0];
const [map] = maps(tf.concat([x, twin]), layers, trained[0]);
const apart = map
  .slice([0], [n])
  .sub(map.slice([n], [n]))
  .abs();

const eight = (x: T) => x.slice([0], [8]).mean(3);
const drawn = (x: T) => eight(x).div(2).add(0.15);
const rows = {
  'the digit': drawn(x),
  'its twin': drawn(twin),
  'the digit, pooled': drawn(pool(x)),
  'its twin, pooled': drawn(pool(twin)),
  [`difference, ${name}`]: eight(apart).div(2),
};
show(
  'twins',
  await images(rows, {
    title: 'Digit and twin are the same once they are pooled',
    range: [0, 1],
    inks: {
      'the digit, pooled': 'broken',
      'its twin, pooled': 'broken',
      [`difference, ${name}`]: 'mechanism',
    },
  }),
);

const answers = (i: number, x: T) =>
  tf.tidy(() => {
    const last = maps(x, designs[i].layers, trained[i]).at(-1)!;
    return head(last, trained[i]).argMax(1);
  });
const shares: number[] = [];
for (const [i] of designs.entries()) {
  const changed = answers(i, x).notEqual(answers(i, twin));
  shares.push(await toNumber(changed.mean()));
}
show(
  'told apart',
  designs.map(({ name }, i) => ({
    design: name,
    'twins classified differently': `${(100 * shares[i]).toFixed(0)} %`,
  })),
);
check('digits and twins that are told apart', shares[0], {
  above: 0.2,
  because: 'a convolution comes before the first pool',
  breaks: { design: 'pool first' },
});
