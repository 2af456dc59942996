import { baseline, chart, check, Plot, random, select } from 'lab';
import { slider, steps, toArray } from 'lab';
import { lastOnly } from './mechanism';
import { begin, draw, layers } from './tasks';
import { grade, hire, learn, memory, messages } from './team';

const size = { min: 1, max: 5, value: 3, step: 1 };
const agents = slider('agents', {
  label: 'agents in a layer',
  ...size,
});
const options = ['chosen', 'vote', 'sum', 'leader'];
const aggregation = select('aggregation', { options });

const fixed = options.indexOf(aggregation) - 1;
const choice = Array(3).fill(Math.max(fixed, 0));
const start = begin(random, 5);
const crew = () => hire(start, agents);
const team = { prompts: crew(), choice, fixed, messages, memory };
const alone = { ...team, prompts: crew(), messages: lastOnly };
export const before = start;
export const after = team.prompts;

const exam = draw(random, 400);
const parts = [...layers, 'answers'];
const place = parts.map((part, i) => {
  return { part, column: i % 2, row: Math.floor(i / 2) };
});
const facets = { fx: 'column', fy: 'row' };
const panel = { ...facets, dots: false };
const named = { ...facets, text: 'part', frameAnchor: 'bottom' };
const learning = chart('learning', {
  title: 'Accuracy of each layer, and of the answers',
  over: 'round',
  x: { label: 'rounds of critique', ticks: [0, 6, 12] },
  y: {
    label: 'accuracy',
    percent: true,
    domain: [0, 100],
    ticks: [0, 50, 100],
  },
  fx: { axis: null, padding: 0.2 },
  fy: { axis: null, padding: 0.2 },
  height: 300,
  also: () => Plot.text(place, { ...named, dy: -6 }),
  lines: {
    last: { ...baseline('last layer only'), ...panel },
    back: { label: 'passed back', ...panel },
  },
});
async function examine(round: number) {
  const back = await toArray(grade(team, exam));
  const last = await toArray(grade(alone, exam));
  const rows = place.map((at, i) => {
    return { ...at, round, back: back[i], last: last[i] };
  });
  learning.add(...rows);
}
await examine(0);
for await (const i of steps(12, 'rounds')) {
  const { asked, truth } = draw(random, 24);
  const attention = random.uniform([5, 24]);
  await learn(team, asked, truth, attention);
  await learn(alone, asked, truth, attention);
  await examine(i + 1);
}

const [reader, solver, writer, answers] = learning.rows.slice(-4);
const worst = Math.min(reader.back, solver.back, writer.back);
const failed = 1 - answers.back;
check('share of fresh tasks failed after twelve rounds', failed, {
  below: 0.05,
  because: 'blame finds the wrong lines of every layer',
  breaks: { messages: 'lastOnly' },
});
const lead = answers.back - answers.last;
check(
  'share of tasks won over telling the last layer alone',
  lead,
  {
    above: 0.25,
    because: 'an output layer cannot repair what it is given',
    breaks: { messages: 'lastOnly' },
  },
);
check('share of lines still wrong in the worst layer', 1 - worst, {
  below: 0.1,
  because: 'false explanations scatter, the true one returns',
  breaks: { messages: 'lastOnly' },
});
