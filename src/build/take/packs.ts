import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { runningOrder } from '../../cell-order.ts';
import type { TakePack } from '../../take-files/pack.ts';
import { readNotebook } from '../cells.ts';
import type { Paper } from '../paper.ts';
import { lightColours } from './colours.ts';
import { notebookOf } from './notebook-file.ts';
import { openingOf } from './opening.ts';

/** Compressed, as base64. */
export const packed = (content: string | Buffer): string =>
  gzipSync(content, { level: 9 }).toString('base64');

/** A classic script that leaves something compressed where the page finds it. */
export const packScript = (name: string, content: string): string =>
  `(self.takeAlong??={})[${JSON.stringify(name)}]="${packed(content)}"`;

/** What only this page has of its files. */
export function packOf(paper: Paper, page: string, fonts: string[]): TakePack {
  const { slug, data, recording } = paper;
  return {
    slug,
    title: data.title,
    about: aboutOf(paper),
    colours: lightColours(),
    opening: openingOf(paper),
    order: runningOrder(readNotebook(slug).cells).map(({ name }) => name),
    notebook: notebookOf(paper),
    page,
    fonts,
    assets: recording?.assets ?? [],
    extras: [],
  };
}

const sumOf = (file: string) => createHash('sha256').update(readFileSync(file)).digest('hex').slice(0, 32);

/** What a program is told of itself: `About` of src/take/program.ts. */
function aboutOf({ slug, data, recording }: Paper) {
  const controls = recording?.controls.filter(({ kind }) => kind !== 'seed') ?? [];
  return {
    slug,
    title: data.title,
    controls: controls.map(({ key, value }) => ({ key, value })),
    sums: Object.fromEntries((recording?.assets ?? []).map((name) => [name, sumOf(`public/${name}`)])),
    recorded: Object.fromEntries(recording?.checks.map(({ id, measured }) => [id, measured]) ?? []),
  };
}
