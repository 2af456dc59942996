import * as tf from '@tensorflow/tfjs';
import { data, random, show, slider } from 'lab';

export const doubtRate = slider('doubtRate', {
  label: 'replies to a rumour that doubt it',
  min: 0.08,
  max: 0.6,
  value: 0.5,
  step: 0.04,
});

export const replyTopic = slider('replyTopic', {
  label: 'reply words about the story',
  min: 0,
  max: 0.6,
  value: 0.1,
  step: 0.05,
});

// Four events of six stories; a story is a word and its nearest.
const events = [
  ['storm', 'hospital', 'bridge', 'airport', 'river', 'food'],
  ['police', 'prison', 'car', 'train', 'school', 'church'],
  ['election', 'bank', 'oil', 'market', 'strike', 'king'],
  ['football', 'film', 'music', 'museum', 'computer', 'dog'],
];
// And four words of doubt for each, which no other event uses.
const doubts = [
  ['false', 'denied', 'why', 'doubt'],
  ['wrong', 'deny', 'really', 'evidence'],
  ['alleged', 'claims', 'nothing', 'proof'],
  ['claim', 'actually', 'truth', 'allegedly'],
];
const { words, vectors, index } = await data.words({ unit: true });
const { words: all } = await data.words({ content: true });
const doubting = new Set(doubts.flat());
const usable = new Set(all.filter((word) => !doubting.has(word)));
const common = [...usable].slice(0, 600);
const likeness = tf.matMul(
  vectors.gather(events.flat().map((word) => index.get(word)!)),
  vectors,
  false,
  true,
);
const near = await tf.topk(likeness, 30).indices.array();
const vocabulary = (near as number[][]).map((row) =>
  row
    .map((id) => words[id])
    .filter((word) => usable.has(word))
    .slice(0, 10),
);

export const [each, time, d] = [240, 6, 32];
const pick = (list: string[]) =>
  list[random.integer(0, list.length)];
const some = (n: number, list: string[]) =>
  Array.from({ length: n }, () => pick(list));

/** A source tweet and three to six replies, as words. */
function tweet(event: number, story: number, rumour: number) {
  const about = vocabulary[event * 6 + story];
  const source = [...some(5, about), pick(common)];
  const count = random.integer(3, time + 1);
  const replies = Array.from({ length: count }, (_, t) => {
    const chance = rumour ? doubtRate : 0.08;
    const doubt = random.number() < chance;
    const word = () =>
      pick(random.number() < replyTopic ? about : common);
    const said = doubt ? some(2, doubts[event]) : [word(), word()];
    const text = [...said, word(), word()];
    // Age of the account, minutes, followers, posts: in units of σ.
    const age = random.gaussian() + (rumour ? -0.4 : 0.4);
    const rest = [random.gaussian(), random.gaussian()];
    const minutes = t / 2 - 2 + random.gaussian() / 2;
    return { text, doubt, about: [age, minutes, ...rest] };
  });
  return { event, rumour, source, replies };
}
export const tweets = events.flatMap((_, event) => {
  const rumours = random.choice([0, 1, 2, 3, 4, 5], 3);
  return Array.from({ length: each }, (_, i) =>
    tweet(event, i % 6, Number(rumours.includes(i % 6))),
  );
});
const [first] = tweets;
show('a tweet', [
  { by: 'source tweet', words: first.source.join(' ') },
  ...first.replies.map(({ text }, t) => ({
    by: `reply ${t + 1}`,
    words: text.join(' '),
  })),
]);

// A text is the sum of its word vectors over the root of their number.
const project = random.normal([100, d], 0, 1 / Math.sqrt(d));
const spread = tf.matMul(vectors.sub(vectors.mean(0)), project);
function embed(texts: string[][], length: number) {
  const ids = texts.flat().map((word) => index.get(word)!);
  const rows = spread.gather(tf.tensor1d(ids, 'int32'));
  return rows
    .reshape([-1, length, d])
    .sum(1)
    .mul(2 / Math.sqrt(length));
}
const empty = {
  text: some(4, common),
  doubt: false,
  about: [0, 0, 0, 0],
};
const padded = tweets.flatMap(({ replies }) =>
  Array.from({ length: time }, (_, t) => replies[t] ?? empty),
);
export const n = tweets.length;
export const source = embed(
  tweets.map((t) => t.source),
  6,
);
export const replies = embed(
  padded.map((reply) => reply.text),
  4,
).reshape([n, time, d]);
export const metadata = tf.tensor3d(
  padded.flatMap((reply) => reply.about),
  [n, time, 4],
);
export const mask = tf.tensor2d(
  tweets.map((t) =>
    Array.from({ length: time }, (_, i) =>
      Number(i < t.replies.length),
    ),
  ),
);
export const labels = tf.tensor1d(tweets.map((t) => t.rumour));
