import { random, select, slider } from 'lab';
import { texts, vocabulary } from './corpus';

const source = select('windows', {
  label: 'windows from',
  options: ['planted topics', 'speeches'],
});
const purity = slider('contextPurity', {
  label: 'words of the topic in a planted window',
  min: 0.1,
  max: 0.7,
  value: 0.5,
  step: 0.1,
});
export interface Window {
  pair: number;
  truth: number; // which of the two words it was
  context: number[];
}

// Planted: twelve topics of twenty words, sixty common ones. Each
// merged word stands for two topics.
const letters = [...'abcdefghijkl'];
const planted = [...letters, 'common'].flatMap((name, k) =>
  Array.from(
    { length: k < 12 ? 20 : 60 },
    (_, i) => name + (i + 1),
  ),
);
function contextOf(topic: number) {
  return Array.from({ length: 8 }, () => {
    const luck = random.number();
    if (luck < purity) return 20 * topic + random.integer(0, 20);
    if (luck < purity + 0.3) return random.integer(240, 300);
    return random.integer(0, 300);
  });
}
const topics = [0, 1, 2, 3, 4, 5].map((k) => [k, k + 6]);
const draw = (pair: number): Window[] =>
  Array.from({ length: 150 }, (_, i) => {
    const truth = i % 2;
    return { pair, truth, context: contextOf(topics[pair][truth]) };
  });

// Spoken: two words made one, with up to eight content words on
// either side.
const merged = [
  ['treaty', 'jobs'],
  ['vessels', 'families'],
  ['mexico', 'budget'],
  ['navy', 'children'],
  ['indian', 'energy'],
  ['gold', 'health'],
];
function around(pair: number): Window[] {
  const hidden = merged[pair].map((w) => vocabulary.indexOf(w));
  return texts.flatMap((text) =>
    text.flatMap((word, i) => {
      const truth = hidden.indexOf(word);
      const near = text.slice(Math.max(0, i - 8), i + 9);
      const context = near.filter((v) => !hidden.includes(v));
      if (truth < 0 || context.length < 2) return [];
      return [{ pair, truth, context }];
    }),
  );
}

const real = source === 'speeches';
const named = topics.map((pair) => pair.map((k) => letters[k]));
export const pairs = real ? merged : named;
export const seen = pairs.flatMap((_, p) =>
  real ? around(p) : draw(p),
);
export const terms = real ? vocabulary : planted;
