import { adam, check, ink, mean, parameters, Plot } from 'lab';
import { random, select, show, slider, steps, toArray } from 'lab';
import { accuracy, logLoss } from './mechanism';
import { folds, judge, look, models, start } from './model';
import { each, n, tweets } from './tweets';

const inputs = select('inputs', {
  label: 'the checks are of',
  options: models.map(({ name }) => name),
  value: 'context',
});
const split = select('split', {
  label: 'the first four tests are',
  options: ['an event left out', 'random'],
});
const updates = slider('updates', {
  label: 'updates',
  min: 10,
  max: 60,
  value: 26,
  step: 2,
});

// Which tweets each fold tests: an event, or a random quarter.
export const tests = Array.from({ length: folds }, (_, fold) => {
  const event = fold < 4 && split !== 'random';
  const shuffled = random.permutation(n);
  if (!event) return shuffled.slice(0, each);
  return shuffled.filter((i) => tweets[i].event === fold);
});
const trains = tests.map((test) => {
  const out = new Set(test);
  return random.permutation(n).filter((i) => !out.has(i));
});
// All models of a fold see the same tweets.
const forAll = (rows: number[][]) =>
  rows.flatMap((own) => models.map(() => own));
export const test = look(forAll(tests));

// Twenty-five log losses; their sum trains each network alone.
const net = parameters({ ...start });
const optimiser = adam(net, { rate: 0.03 });
for await (const step of steps(updates, 'training')) {
  optimiser.rate = 0.03 * (1 - step / updates / 1.2);
  const batch = Array.from({ length: 64 }, (_, i) => step * 64 + i);
  const rows = trains.map((own) =>
    batch.map((i) => own[i % own.length]),
  );
  const seen = look(forAll(rows));
  await optimiser.step((v) =>
    logLoss(judge(seen, v).logits, seen.labels).sum(),
  );
}
export const trained = net.values();

export const chosen = models.findIndex((m) => m.name === inputs);

// Formula (5), with accuracy as the score, beside the random split.
const right = await toArray(
  accuracy(judge(test, trained).logits, test.labels),
);
const scores = models.map(({ name, says }, m) => {
  const own = right.filter((_, i) => i % models.length === m);
  const events = own.slice(0, 4);
  const label = `${name}: ${says}`;
  const [unseen, known] = [mean(events), own[4]];
  return { name, label, events, unseen, known };
});
const dots = scores.flatMap(({ label, events }) =>
  events.map((score) => ({ label, score })),
);
const row = { y: 'label' };
const [grey, blue] = [ink.baseline, ink.mechanism];
const top = [scores[0]];
show(
  'splits',
  Plot.plot({
    title: 'Accuracy on known events and on a new one',
    height: 270,
    marginLeft: 128,
    x: { label: 'accuracy', percent: true, domain: [35, 100] },
    y: { label: null, domain: scores.map((s) => s.label) },
    marks: [
      Plot.ruleX([0.5], {
        stroke: ink.theory,
        strokeDasharray: '4 3',
      }),
      Plot.link(scores, {
        y: 'label',
        x1: 'unseen',
        x2: 'known',
        stroke: grey,
      }),
      Plot.tickX(dots, { ...row, x: 'score', stroke: blue }),
      Plot.dot(scores, { ...row, x: 'known', r: 5, fill: grey }),
      Plot.dot(scores, { ...row, x: 'unseen', r: 6, fill: blue }),
      Plot.text(
        top.map((s) => ({ ...s, text: 'random split' })),
        { ...row, x: 'known', text: 'text', fill: grey, dy: -14 },
      ),
      Plot.text(
        top.map((s) => ({ ...s, text: 'event left out' })),
        { ...row, x: 'unseen', text: 'text', fill: blue, dy: -14 },
      ),
    ],
  }),
);

const [content, cc, cm] = scores;
const model = scores[chosen];
check(
  'accuracy that the source tweet loses on a new event',
  content.known - content.unseen,
  {
    above: 0.15,
    because: 'its words are those of the stories seen in training',
    breaks: { split: 'random' },
  },
);
check(
  'accuracy won by replies on a new event',
  model.unseen - content.unseen,
  {
    above: 0.07,
    because: 'how people react changes less than what happens',
    breaks: { inputs: 'content' },
  },
);
check(
  'accuracy that replies lose on a new event',
  model.known - model.unseen,
  {
    below: 0.1,
    because: 'what they carry is the same in every event',
    breaks: { inputs: 'content' },
  },
);
check(
  'accuracy with words of doubt never seen in training',
  cc.unseen,
  {
    above: 0.6,
    because: 'their vectors lie near those of other such words',
    breaks: { doubtRate: 0.08 },
  },
);
check(
  'accuracy of both sequences over the better one',
  model.unseen - Math.max(cc.unseen, cm.unseen),
  {
    above: 0.02,
    because: 'words and numbers of a reply err apart, formula (3)',
    breaks: { inputs: 'content' },
  },
);
