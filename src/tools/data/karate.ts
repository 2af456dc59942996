import { type Recipe, textOf } from './recipe.ts';

/** For each member, counted from 0 as below, the later members they met outside the club (Zachary's figure 2). */
const later: Record<number, number[]> = {
  0: [1, 2, 3, 4, 5, 6, 7, 8, 10, 11, 12, 13, 17, 19, 21, 31],
  1: [2, 3, 7, 13, 17, 19, 21, 30],
  2: [3, 7, 8, 9, 13, 27, 28, 32],
  3: [7, 12, 13],
  4: [6, 10],
  5: [6, 10, 16],
  6: [16],
  8: [30, 32, 33],
  9: [33],
  13: [33],
  14: [32, 33],
  15: [32, 33],
  18: [32, 33],
  19: [33],
  20: [32, 33],
  22: [32, 33],
  23: [25, 27, 29, 32, 33],
  24: [25, 27, 31],
  25: [31],
  26: [29, 33],
  27: [33],
  28: [31, 33],
  29: [32, 33],
  30: [32, 33],
  31: [32, 33],
  32: [33],
};
/** Those who joined the club of the instructor, member 0; the others stayed with the officer, member 33. */
const withInstructor = [0, 1, 2, 3, 4, 5, 6, 7, 8, 10, 11, 12, 13, 16, 17, 19, 21];
const members = 34;

export const karate: Recipe = {
  name: 'karate',
  title: "Zachary's karate club",
  origin:
    'W. W. Zachary, An information flow model for conflict and fission in small groups, Journal of Anthropological Research 33 (1977) 452–473, figure 2; written out in the recipe',
  licence: 'facts, without copyright',
  contents:
    '34 members, 78 friendships (unweighted), group 0 for the 17 who followed the instructor after the split, 1 for the 17 who stayed with the officer. Member k here is number k + 1 in the article.',
  files: ['karate'],
  async make() {
    const edges = Object.entries(later).flatMap(([from, to]) => to.map((other) => [Number(from), other]));
    const groups = Array.from({ length: members }, (_, i) => (withInstructor.includes(i) ? 0 : 1));
    return {
      karate: {
        metadata: {},
        tensors: {
          names: textOf(groups.map((_, i) => String(i + 1))),
          edges: { shape: [edges.length, 2], data: Uint8Array.from(edges.flat()) },
          weights: { shape: [edges.length], data: new Uint8Array(edges.length).fill(1) },
          groups: { shape: [members], data: Uint8Array.from(groups) },
        },
      },
    };
  },
};
