import type * as tf from '@tensorflow/tfjs';
import { adam, curve, ink, parameters, Plot, random } from 'lab';
import { show, slider, steps, toArray } from 'lab';
import { imageHinge, imageRanks, recallAt } from './mechanism';
import { sentenceHinge, sentenceRanks } from './mechanism';
import { galleries, gallery, training } from './pairs';
import { alpha, beta, imageTower, score, start } from './towers';
import { textTower, ways } from './towers';

type T = tf.Tensor;

export const margin = slider('margin', {
  label: 'margin Δ',
  min: 0.1,
  max: 2,
  step: 0.1,
  value: 1,
});
const updates = slider('updates', {
  label: 'updates',
  min: 0,
  max: 200,
  step: 10,
  value: 100,
});
const net = parameters(start);

/** S in every gallery, rows images: [R, 6, 90, 90]. */
function search(now: typeof start) {
  const shelves = (x: T) =>
    x.reshape([ways.length, galleries, 90, -1]);
  const f = shelves(imageTower(gallery.image, now));
  return score(f, shelves(textTower(gallery.sentence, now)));
}

/** R@5 in both directions, for each system. */
export async function directions(S: T) {
  const within = (ranks: T) =>
    toArray<number[]>(recallAt(ranks, 5).mean(1));
  const toText = await within(sentenceRanks(S));
  const toImage = await within(imageRanks(S));
  return ways.map((way, r) => ({
    way,
    toText: toText[r],
    toImage: toImage[r],
  }));
}
export type Directions = Awaited<ReturnType<typeof directions>>;

/** The plane of both searches; what lies on the diagonal. */
export const place = { x: 'toText', y: 'toImage' };
export const inks: Record<string, string> = {
  sentences: ink.series[1],
  both: ink.mechanism,
  images: ink.series[2],
};
export const plane = {
  width: 420,
  height: 380,
  x: { percent: true, label: 'image → text: R@5' },
  y: { percent: true, label: 'text → image: R@5' },
};
export const diagonal = (from: number) =>
  curve(
    [from, 0.8].map((x) => ({ toText: x, toImage: x })),
    { ...place, ink: ink.theory, dashed: true },
  );
/** The name of a system, beside its last point. */
export function name(rows: Directions, way: string) {
  const last = rows.filter((row) => row.way === way).slice(-1);
  const label = way === 'both' ? way : `${way} alone`;
  const beside = {
    textAnchor: 'start',
    lineAnchor: 'top',
    dx: 8,
    dy: 9,
  };
  const above = { lineAnchor: 'bottom', dy: -9 };
  const below = { lineAnchor: 'top', dy: 9 };
  const where = { both: beside, images: above, sentences: below };
  return Plot.text(
    last.map((row) => ({ ...row, label })),
    {
      ...place,
      ...where[way as keyof typeof where],
      text: 'label',
      fill: inks[way],
    },
  );
}
function course(path: Directions) {
  const three = Object.keys(inks).map((way) => {
    const rows = path.filter((row) => row.way === way);
    return [
      curve(rows, { ...place, ink: inks[way] }),
      name(rows, way),
    ];
  });
  return Plot.plot({
    title: 'Training, in the plane of the two searches',
    ...plane,
    marks: [diagonal(0), three],
  });
}

const optimiser = adam(net, { rate: 1e-2 });
const moments = [0, 5, 10, 20, 40, 60, 80, updates];
const path: Directions = [];
for await (const step of steps(updates + 1, 'four systems')) {
  if (moments.includes(step)) {
    path.push(...(await directions(search(net.values()))));
    show('path', course(path));
  }
  if (step === updates) break;
  const batch = random.integers([64], 0, 3000);
  const meaning = training.meaning.gather(batch).expandDims(0);
  const others = meaning.notEqual(meaning.transpose()).toFloat();
  const image = training.image.gather(batch);
  const sentence = training.sentence.gather(batch);
  await optimiser.step((now) => {
    const S = score(
      imageTower(image, now),
      textTower(sentence, now),
    );
    const sentences = sentenceHinge(S, others, margin).mul(alpha);
    const images = imageHinge(S, others, margin).mul(beta);
    return sentences.add(images).sum();
  });
}
export const trained = net.values();
export const S = search(trained);
