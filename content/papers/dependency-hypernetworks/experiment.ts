import { check, show } from 'lab';
import { final, learnt } from './training';

const tasks = final.length;
/** Mean over tasks, by way, at the end. */
const mean = final[0].map(
  (_, w) => final.reduce((sum, row) => sum + row[w], 0) / tasks,
);
const lost = (w: number) =>
  learnt
    .slice(0, -1)
    .reduce((sum, row, t) => sum + row[w] - final[t][w], 0) /
  (tasks - 1);
const words = (share: number) => `${(100 * share).toFixed(0)} %`;
show('places', [
  {
    'right at the end': 'state carried',
    'told its place': words(mean[0]),
    'not told': words(mean[3]),
  },
  {
    'right at the end': 'chunks alone',
    'told its place': words(mean[2]),
    'not told': words(mean[4]),
  },
]);
export const ends = { carried: mean[3], alone: mean[4] };

check('accuracy forgotten on old tasks', lost(0), {
  below: 0.12,
  because: 'the pull of formula (4) keeps what was written',
  breaks: { beta: 0 },
});
check(
  'final accuracy, less that of the plain net',
  mean[0] - mean[5],
  {
    above: 0.06,
    because: 'a net with no generator is overwritten by each task',
    breaks: { beta: 0 },
  },
);
check(
  'accuracy that the state adds without places',
  mean[3] - mean[4],
  {
    above: 0.03,
    because: 'chunks alone are then all the same',
    breaks: { carry: 0 },
  },
);
