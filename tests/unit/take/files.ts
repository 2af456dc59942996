import { readFileSync } from 'node:fs';
import { load } from 'js-yaml';
import { readCells } from '../../../src/build/cells.ts';
import { paperOf } from '../../../src/build/paper.ts';
import { packOf } from '../../../src/build/take/packs.ts';
import type { PaperData } from '../../../src/content.config.ts';

/** What the files of a paper are put together from, as a build has it, without the page. */
export function partsOf(slug: string) {
  const text = readFileSync(`content/papers/${slug}/index.mdx`, 'utf8');
  const data = load(/^---\n([\s\S]*?)\n---/.exec(text)![1]) as PaperData;
  const paper = paperOf(slug, data);
  const pack = packOf(paper, '', []);
  const files = Object.fromEntries(
    pack.assets.map((name) => [name, readFileSync(`public/${name}`).toString('base64')]),
  );
  return { paper, pack, files, cells: readCells(slug) };
}
