import { adam, chart, check, images, nn, parameters } from 'lab';
import { random, select, show, slider, steps, tasks } from 'lab';
import { toggle, toNumber } from 'lab';
import { pointed } from './looks';
import { type Net, observe, readLists, shapes } from './networks';
import { sizes } from './networks';

const name = select('shape', {
  label: 'layers × heads',
  options: shapes.map(({ name }) => name),
});
const headDim = slider('headDim', {
  label: 'size of a head d_h',
  min: 2,
  max: 8,
  step: 1,
  value: sizes.headDim,
});
const training = slider('training', {
  label: 'training steps',
  min: 0,
  max: 200,
  step: 10,
  value: 30,
});
const placed = toggle('places', {
  label: 'tokens know their places',
  value: true,
});

// A network as above, from the start.
const { layers, heads } = shapes.find((s) => s.name === name)!;
const { width, inner } = sizes;
const some = (from: number, to: number, fan = from) =>
  random.normal([layers, from, to], 0, 1 / Math.sqrt(fan));
const size = heads * headDim;
const net = parameters({
  embed: random.normal([12, width]),
  places: random.normal([7, width]),
  q: some(width, size),
  k: some(width, size),
  v: some(width, size),
  o: some(size, width, size * layers),
  up: some(width, inner),
  down: some(inner, width, inner * layers),
  read: random.normal([width, 6], 0, 1 / Math.sqrt(width)),
});
const whole = (now: Net): Net =>
  placed ? now : { ...now, places: now.places.mul(0) };

const course = chart('course', {
  title: 'A network learns where to look',
  over: 'step',
  x: { label: 'training step' },
  y: { label: 'right answers', percent: true, domain: [0, 100] },
  bounds: [{ y: 1 / 6, label: 'by chance' }],
  lines: { share: name },
});
const unseen = tasks.pointer(300);
const moments = Array.from({ length: 6 }, (_, i) =>
  Math.round((i * training) / 6),
);
const optimiser = adam(net, { rate: 0.02 });
for await (const step of steps(training + 1, 'training')) {
  if (moments.includes(step) || step === training) {
    const now = whole(net.values());
    const logits = readLists(unseen.tokens, now, heads);
    const share = nn.accuracy(logits, unseen.answers);
    course.add({ step, share: await toNumber(share) });
  }
  if (step === training) break;
  const { tokens, answers } = tasks.pointer(128);
  await optimiser.step((now) =>
    nn.crossEntropy(readLists(tokens, whole(now), heads), answers),
  );
}
const wrong = 1 - course.last.share;
check('wrong answers of the network trained here', wrong, {
  below: 0.05,
  because: 'one look finds slot q, and its number is the answer',
  breaks: { places: false },
});

const end = whole(net.values());
const { layers: seen } = observe(pointed, end, heads);
const maps = seen.reshape([layers * heads, 6, 7]);
show(
  'learnt',
  await images(
    { 'its heads': maps, 'their mean': maps.mean(0, true) },
    {
      title:
        'Where its heads look, the pointer going down the list',
      range: [0, 1],
      inks: { 'its heads': 'mechanism' },
    },
  ),
);

// All heads together: where does the pointer look most?
const looked = observe(unseen.tokens, end, heads).layers;
const slots = looked.mean([0, 1]).slice([0, 0], [-1, 6]).argMax(1);
const q = unseen.tokens.slice([0, 6], [-1, 1]).squeeze([1]).sub(6);
const missed = await toNumber(slots.notEqual(q.toInt()).mean());
check('lists in which its heads look elsewhere than q', missed, {
  below: 0.1,
  because: 'in one layer, heads look at the tokens themselves',
  breaks: { training: 0 },
});
