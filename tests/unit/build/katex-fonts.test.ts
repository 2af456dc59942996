import { readFileSync } from 'node:fs';
import subsetFont from 'subset-font';
import { expect, test } from 'vitest';
import { katexParts } from '../../../src/build/katex-fonts.ts';

/** Bytes of a table of an uncompressed font. */
function tableSize(font: Buffer, name: string): number {
  for (let at = 12; at < 12 + 16 * font.readUInt16BE(4); at += 16)
    if (font.toString('latin1', at, at + 4) === name) return font.readUInt32BE(at + 12);
  return 0;
}

test.each(katexParts)('$file draws something: without an outline it is no font to Firefox', async (part) => {
  const font = await subsetFont(readFileSync(part.source), part.letters, {
    targetFormat: 'sfnt' as 'woff2', // the package's types know no other
  });
  expect(tableSize(font, 'glyf')).toBeGreaterThan(400);
});
