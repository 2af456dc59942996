import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { leanKatexCss } from '../../../src/build/katex-css.ts';
import { unicodeRange } from '../../../src/build/katex-fonts.ts';

const css = leanKatexCss(readFileSync('node_modules/katex/dist/katex.min.css', 'utf8'));

test('only woff2 is left, and nothing waits for it unseen', () => {
  expect(css).toContain('.woff2');
  expect(css).not.toMatch(/\.woff\)|\.ttf\)|font-display:block/);
});

test.each(['KaTeX_Main-Regular', 'KaTeX_AMS-Regular'])(
  '%s comes in two parts that share no letter',
  (face) => {
    const rules = css.match(/@font-face\s*{[^}]*}/g)!.filter((rule) => rule.includes(`${face}-`));
    expect(rules).toHaveLength(2);
    const ranges = rules.map(
      (rule) => new Set(/unicode-range:([^}]*)/.exec(rule)![1].split(',').flatMap(codesOf)),
    );
    expect([...ranges[0]].filter((code) => ranges[1].has(code))).toEqual([]);
    expect(ranges[0].has(0x41) || ranges[1].has(0x41)).toBe(true);
  },
);

function codesOf(range: string): number[] {
  const [from, to = from] = range
    .replace('U+', '')
    .split('-')
    .map((part) => Number.parseInt(part, 16));
  return Array.from({ length: to - from + 1 }, (_, i) => from + i);
}

test('letters in a row become one range', () => {
  expect(unicodeRange('cabz')).toBe('U+61-63,U+7a');
});
