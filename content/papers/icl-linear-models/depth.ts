import { chart, check } from 'lab';
import { answersOf, distances, least } from './experiment';
import { toDescent } from './experiment';

const far = chart('depth', {
  title: 'Distance to each algorithm, by the number of layers',
  over: 'layers',
  x: { label: 'layers of the transformer', type: 'point' },
  y: { type: 'log', label: 'SPD with five examples' },
  lines: {
    least: 'least squares',
    ten: { label: 'ten gradient steps', as: 'series 1' },
    one: { label: 'one gradient step', as: 'series 2' },
    three: { label: 'three gradient steps', as: 'series 3' },
  },
});
for (const [i, model] of ['one', 'two', 'three'].entries()) {
  const answers = answersOf(model);
  const steps = async (n: number) =>
    (await toDescent(answers, n))[5];
  far.add({
    layers: i + 1,
    least: (await distances(answers, least))[5],
    ten: await steps(10),
    one: await steps(1),
    three: await steps(3),
  });
}

const [one, two, three] = far.rows.map((row) => row.least);
const factor = Math.min(one / two, two / three);
check('least factor by which a layer more cuts the SPD', factor, {
  above: 1.5,
  because: 'more layers leave room for more of the algorithm',
  breaks: { prompt: 'of another prompt' },
});
