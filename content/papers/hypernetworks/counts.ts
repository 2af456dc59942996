import { baseline, chart, slider } from 'lab';
import { countChunks, countWhole } from './mechanism';

const tasks = slider('tasks', {
  label: 'tasks, each with a network of its own',
  min: 10,
  max: 1000,
  value: 100,
  scale: 'log',
});

// E = 3 numbers a task, H = 32; chunks of √P weights, D = 4.
const powers = Array.from(
  { length: 9 },
  (_, i) => 10 ** (2 + i / 2),
);
chart('counts', {
  title: 'What is trained, for a target of P weights',
  over: 'P',
  x: { type: 'log', label: 'weights P of the target' },
  y: { type: 'log', label: 'trained parameters' },
  lines: {
    alone: { ...baseline('one net a task'), dots: false },
    whole: { label: 'all at once', dots: false },
    chunks: { label: 'in chunks', as: 'series 1', dots: false },
  },
}).add(
  ...powers.map((P) => ({
    P,
    alone: tasks * P,
    whole: countWhole(3, 32, P),
    chunks: countChunks(3, 32, P, Math.round(Math.sqrt(P)), 4),
  })),
);
