import * as tf from '@tensorflow/tfjs';
import { random, show, slider } from 'lab';
import { sentence, topics } from './grammar';

const purity = slider('purity', {
  label: 'share of words that the topic chooses',
  min: 0.2,
  max: 0.8,
  value: 0.5,
});
const habits = slider('habits', {
  label: 'pet words of an author, for each part of speech',
  min: 1,
  max: 16,
  value: 2,
  step: 1,
});

// A passage: one topic, one author, four sentences.
export const [trainPassages, testPassages] = [128, 64];
function passages(count: number) {
  const sixteen = [...Array(16).keys()];
  const pets = Array.from({ length: count }, () =>
    [0, 1, 2, 3].map(() => random.choice(sixteen, habits)),
  );
  return Array.from({ length: 4 * count }, (_, i) => {
    const p = i % count;
    const pet = (part: number) =>
      pets[p][part][random.integer(0, habits)];
    const number = () => random.number();
    return sentence(p % topics, pet, purity, number);
  });
}
const test = passages(testPassages);
export const ids = [...test, ...passages(trainPassages)];
export const N = test.length;

// Who does not belong to whom, among the test sentences: those of
// other topics; those on the same topic by other authors.
const row = tf.range(0, N);
const topic = row.mod(topics);
const sameTopic = topic.equal(topic.expandDims(1)).toFloat();
const author = row.mod(testPassages);
const sameAuthor = author.equal(author.expandDims(1)).toFloat();
export const notTopic = tf.sub(1, sameTopic);
export const notAuthor = sameTopic.sub(sameAuthor);

const name = (id: number) =>
  id < 64 ? 'abcd'[id >> 4] + ((id % 16) + 1) : '';
show(
  'sentences',
  [0, testPassages, topics, 1].map((i) => ({
    topic: (i % topics) + 1,
    author: (i % testPassages) + 1,
    sentence: test[i].map(name).join(' ').trim(),
  })),
);
