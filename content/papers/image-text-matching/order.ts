import { check, ink, mean, Plot, show, toArray } from 'lab';
import { meanings } from './sentences';
import { ways } from './towers';
import { S } from './training';

// What a sentence says, beside what an image shows.
function relation([a, b]: number[], [c, d]: number[]) {
  if (c === a && d === b) return 'the same';
  if (c === b && d === a) return 'reversed';
  if (c === a || d === b) return 'one digit, in place';
  return c === b || d === a ? 'one digit, misplaced' : 'neither';
}
const relations = meanings.map((shown) =>
  meanings.map((said) => relation(shown, said)),
);
const kinds = [
  'the same',
  'reversed',
  'one digit, in place',
  'one digit, misplaced',
  'neither',
];

// Mean scores over the galleries, in deviations of all scores.
async function profile(way: string) {
  const scores = S.gather(ways.indexOf(way)).mean(0);
  const deviation = scores
    .sub(scores.mean())
    .square()
    .mean()
    .sqrt();
  const standard = scores.sub(scores.mean()).div(deviation);
  const rows = await toArray<number[][]>(standard);
  return kinds.map((kind) => ({
    kind,
    score: mean(
      rows.flatMap((row, i) =>
        row.filter((_, j) => relations[i][j] === kind),
      ),
    ),
  }));
}
const both = await profile('both');
const bag = await profile('words only');
const place = { x: 'score', y: 'kind' };
show(
  'order',
  Plot.plot({
    title: 'Scores by what the sentence says of the image',
    width: 420,
    height: 220,
    marginLeft: 130,
    insetLeft: 12,
    x: { label: 'mean score, in deviations', grid: true },
    y: { label: null, domain: kinds },
    marks: [
      Plot.dot(bag, { ...place, r: 6, stroke: ink.baseline }),
      Plot.dot(both, { ...place, r: 4, fill: ink.mechanism }),
    ],
  }),
);

// How often a caption scores above that of the reversed pair.
const reverse = relations.map((row) => row.indexOf('reversed'));
async function wins(way: string) {
  const scores = S.gather(ways.indexOf(way));
  const all = await toArray<number[][][]>(scores);
  const won = all.flatMap((rows) =>
    rows.map((row, i) => (row[i] > row[reverse[i]] ? 1 : 0)),
  );
  return mean(won);
}
const won = await wins('both');
const chance = await wins('words only');
const percent = (x: number) => `${(100 * x).toFixed(0)} %`;
show('captions that beat the reversed one', [
  {
    'the text tower reads': 'words, pairs (blue)',
    wins: percent(won),
  },
  {
    'the text tower reads': 'words only (grey)',
    wins: percent(chance),
  },
]);
check('captions that beat the reversed one', won, {
  above: 0.65,
  because: 'ordered pairs tell left from right; chance is a half',
  breaks: { hash: 'sorted first' },
});
