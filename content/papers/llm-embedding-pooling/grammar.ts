/** 64 words, four parts of speech of 16; BOS is 64, EOS is 65. */
export const topics = 16;

/** A topic prefers four of the words of a part of speech; two topics
 *  share at most one of them. */
export const preferred = (topic: number, part: number) =>
  [0, 1, 3, 7].map((k) => (topic * (2 * part + 1) + k) % 16);

/** BOS, 14 words, EOS. A word is one of its topic, with chance
 *  `purity`, or one of its author. The next part of speech is the
 *  next but one in a quarter of the cases. */
export function sentence(
  topic: number,
  author: (part: number) => number,
  purity: number,
  number: () => number,
) {
  const words = [64];
  let part = Math.floor(4 * number());
  while (words.length < 15) {
    const own = preferred(topic, part)[Math.floor(4 * number())];
    const word = number() < purity ? own : author(part);
    words.push(16 * part + word);
    part = (part + (number() < 0.75 ? 1 : 2)) % 4;
  }
  return [...words, 65];
}
