import { readFileSync } from 'node:fs';
import { decode } from 'fast-png';
import { load } from 'js-yaml';
import { expect, test } from 'vitest';
import { cardPng, cardSvg } from '../../../src/build/card.ts';
import { lightTokens, mixed, plainColours } from '../../../src/build/colours.ts';
import type { PaperData } from '../../../src/content.config.ts';
import type { Recording } from '../../../src/protocol.ts';

const paper = (slug: string): [PaperData, Recording] => {
  const folder = `content/papers/${slug}`;
  const data = load(readFileSync(`${folder}/index.mdx`, 'utf8').split('\n---\n')[0].slice(4)) as PaperData;
  return [data, JSON.parse(readFileSync(`${folder}/recorded.json`, 'utf8'))];
};

// As Chromium computes them.
test.each([
  ['oklab', '#2447c8', 0.5, '#fdfcf9', '#89a5e6'],
  ['oklab', '#c2410c', 0.3, '#fdfcf9', '#f1c6b6'],
  ['srgb', '#000000', 0.25, '#ffffff', '#bfbfbf'],
  ['oklab', '#1c1d20', 1, '#fdfcf9', '#1c1d20'],
] as const)('a mixture in %s of %s at %d and %s', (space, a, share, b, expected) => {
  const parts = (hex: string) => [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16));
  const [found, wanted] = [parts(mixed(space, a, share, b)), parts(expected)];
  found.forEach((value, i) => {
    expect(Math.abs(value - wanted[i])).toBeLessThanOrEqual(1);
  });
});

test('variables and mixtures of mixtures become plain colours, the light ones', () => {
  expect(lightTokens().get('mechanism')).toBe('#2447c8');
  expect(
    plainColours('color-mix(in srgb,color-mix(in srgb,var(--paper) 50%,var(--paper)) 0%,var(--ink))'),
  ).toBe(lightTokens().get('ink'));
});

for (const slug of ['fit', 'hopfield', 'noprop']) {
  test(`the card of ${slug}: its title, its figure, no colour left to a stylesheet`, async () => {
    const [data, recording] = paper(slug);
    const svg = cardSvg(data, recording);
    expect(svg).not.toMatch(/var\(|color-mix|currentColor/);
    expect(svg).toContain(data.title.split(' ')[0]);
    expect(svg).toContain('checks hold');
    const { width, height, data: pixels, channels } = decode(await cardPng(data, recording));
    expect([width, height]).toEqual([1200, 630]);
    // Ink on the left for the words, and on the right for the figure.
    const inked = (from: number, to: number) => {
      let count = 0;
      for (let y = 0; y < height; y++)
        for (let x = from; x < to; x++) if (pixels[(y * width + x) * channels] < 160) count += 1;
      return count;
    };
    expect(inked(40, 540)).toBeGreaterThan(4000);
    expect(inked(560, 1160)).toBeGreaterThan(2000);
  });
}

test('a long title is set smaller, so that it stays beside the figure and above the verdict', () => {
  const [data, recording] = paper('hopfield');
  const sizeOf = (title: string) =>
    Number(
      /font-family="Source Serif 4" font-size="(\d+)"/.exec(
        cardSvg({ ...data, title }, recording).split('150')[1],
      )?.[1],
    );
  expect(sizeOf('A short title')).toBe(46);
  expect(sizeOf('Evolving Normalization-Activation Layers')).toBe(38);
  expect(sizeOf('a word or two '.repeat(14).trim())).toBe(31);
});
