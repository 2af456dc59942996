import * as tf from '@tensorflow/tfjs';
import { adam, batches, check, curve, nn, parameters } from 'lab';
import { Plot, show, slider, steps, toNumber } from 'lab';
import { designs, lessons, x, y } from './designs';
import { head, maps, type Net } from './mechanism';

const updates = slider('updates', {
  label: 'training steps',
  min: 10,
  max: 200,
  step: 10,
  value: 30,
});
const batch = 64;

type Design = (typeof designs)[number];
const read = (pixels: typeof x, { layers }: Design, net: Net) =>
  tf.tidy(() => head(maps(pixels, layers, net).at(-1)!, net));

const courses = designs.map((design) => {
  const net = parameters(design.start);
  const optimiser = adam(net, { rate: 0.01 });
  const rows: { spent: number; right: number }[] = [];
  return { design, net, optimiser, rows };
});

async function measure(step: number) {
  for (const { design, net, rows } of courses) {
    const answers = read(x, design, net.values());
    const right = await toNumber(nn.accuracy(answers, y));
    const spent = step * batch * design.products;
    rows.push({ spent, right });
  }
  const lines = courses.toReversed().map(({ design, rows }, i) => {
    const { name, colour } = design;
    const place = { x: 'spent', y: 'right' };
    const beside = { text: 'name', textAnchor: 'end' };
    const dy = i === 0 ? 22 : -12; // the last below its line
    const end = [{ ...rows.at(-1)!, name }];
    return [
      ...curve(rows, { ...place, ink: colour }),
      Plot.text(end, { ...place, ...beside, dy, fill: colour }),
    ];
  });
  show(
    'course',
    Plot.plot({
      title: 'Test accuracy, by the products spent on training',
      x: {
        type: 'log',
        label: 'products spent, forward only',
        tickFormat: '~s',
      },
      y: {
        label: 'accuracy, %',
        percent: true,
        domain: [0, 100],
      },
      marks: lines,
    }),
  );
}

const next = batches(lessons, batch);
for await (const step of steps(updates, 'four designs')) {
  if (step > 0 && step % 10 === 0) await measure(step);
  const { x, y } = next.next().value;
  for (const { design, optimiser } of courses)
    await optimiser.step((net) =>
      nn.crossEntropy(read(x, design, net), y),
    );
}
await measure(updates);
export const trained = courses.map(({ net }) => net.values());

const [ours, falling, early] = courses.map(
  ({ rows }) => rows.at(-1)!.right,
);
check('lead over falling widths', ours - falling, {
  above: 0.05,
  because: 'the same weights end in 16 channels instead of 6',
  breaks: { design: 'falling' },
});
check('lead over pooling first', ours - early, {
  above: 0.1,
  because: 'the same layers, but two of them see 8 × 8 pixels',
  breaks: { design: 'pool first' },
});
