import { check, ink, Plot, scrub } from 'lab';
import { type Name, points } from './measure';
import { snapshots } from './networks';

/** The plane at one step: the way there, over the whole way. */
const inks = { slow: ink.baseline, fast: ink.mechanism };
function plane(step: number) {
  const at = { x: 'infoInput', y: 'infoLabel', fx: 'set' };
  const way = { ...at, z: 'layer' };
  const now = points.filter((p) => p.step === step);
  const soFar = points.filter((p) => p.step <= step);
  const named = { ...at, text: 'layer', fill: ink.theory };
  const first = (p: { layer: number }) => p.layer === 1;
  const higher = (p: { layer: number }) => p.layer > 1;
  const paths = (['slow', 'fast'] as const).map((name) => {
    const own = (p: { name: Name }) => p.name === name;
    const [stroke, fill] = [inks[name], inks[name]];
    return [
      Plot.line(soFar.filter(own), {
        ...way,
        stroke,
        strokeWidth: 1.8,
      }),
      Plot.dot(now.filter(own), { ...at, fill, r: 4 }),
    ];
  });
  return Plot.plot({
    title:
      'Six layers in the information plane, a panel for each rate',
    fx: { label: null },
    x: { label: 'I(X;T), bits about the input', nice: true },
    y: { label: 'I(T;Y), bits about the label', domain: [0, 1.05] },
    marks: [
      Plot.line(points, {
        ...way,
        stroke: ink.muted,
        strokeOpacity: 0.4,
      }),
      ...paths.flat(),
      // Layers 1 and 2 may stand in one place.
      Plot.text(now.filter(first), { ...named, dx: 10 }),
      Plot.text(now.filter(higher), { ...named, dy: 12 }),
    ],
  });
}
const frames = snapshots.map(({ step }) => ({
  at: step,
  output: plane(step),
}));
scrub('plane', frames, 'training step');

const course = (name: Name, layer: number) =>
  points.filter((p) => p.name === name && p.layer === layer);
const knows = course('fast', 5).at(-1)!.infoLabel;
check('bits that layer 5 knows of the label', knows, {
  above: 0.45,
  because: 'the first phase of the paper: I(T;Y) rises',
  breaks: { labels: 'random' },
});

/** Bits of I(X;T) that a layer has lost since it had most. */
function lost(name: Name, layer: number) {
  const path = course(name, layer).map((p) => p.infoInput);
  return Math.max(...path) - path.at(-1)!;
}
const loss = lost('fast', 3);
check('bits of the input that layer 3 loses', loss, {
  above: 1,
  because: 'the second phase: I(X;T) falls',
  breaks: { learningRate: 0.08 },
});
const share = lost('slow', 3) / Math.max(loss, 1e-3);
check('share of this loss that the gentle nets have', share, {
  below: 0.5,
  because: 'to learn the rule does not ask for compression',
  breaks: { gentle: 0.3 },
});
