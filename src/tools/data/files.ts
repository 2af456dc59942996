import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { gzipSync } from 'node:zlib';
import { type StoredFile, writeStored } from '../../lab/safetensors-bytes.ts';
import type { Recipe } from './recipe.ts';

const folder = resolve(import.meta.dirname, '../../../public/data');
const ending = '.safetensors.gz';

/** Where a file of a recipe lies. */
export const pathOf = (name: string) => join(folder, name + ending);

/** Writes one file; the same arrays give the same bytes with the pinned Node. */
export function writeFile(name: string, { tensors, metadata }: StoredFile): void {
  writeFileSync(pathOf(name), gzipSync(writeStored(tensors, metadata), { level: 9 }));
}

const preface = `# The data sets that cells read

Written by \`npm run data\`. Every file is a safetensors file under gzip; arrays and
shapes are in its header. \`npm run data -- <name>\` makes one set again from its source: an npm or Debian package, fetched
into \`.cache/\`, or facts in the recipe itself (\`src/tools/data/<name>.ts\`). The checksums are of the files as they lie here, made
with the Node that the project pins; another zlib may pack the same arrays into other bytes.
`;

function row(name: string): string {
  const bytes = readFileSync(pathOf(name));
  const sum = createHash('sha256').update(bytes).digest('hex');
  return `| \`${name}${ending}\` | ${bytes.length} | \`${sum}\` |`;
}

const section = (recipe: Recipe) => `
## ${recipe.title}

- Origin: ${recipe.origin}.
- Licence: ${recipe.licence}.
- Contents: ${recipe.contents}
- Made by: \`npm run data -- ${recipe.name}\`

| file | bytes | sha256 |
|---|---|---|
${recipe.files.map(row).join('\n')}
`;

const sources = join(folder, 'SOURCES.md');
const weights = '\n## Weights';

/** The part on pretrained weights, written by hand: a row a file, as above, and the script that trained it. */
function weightsPart(): string {
  const text = existsSync(sources) ? readFileSync(sources, 'utf8') : '';
  return text.includes(weights) ? text.slice(text.indexOf(weights)) : '';
}

/** Writes `SOURCES.md` from the recipes and the files as they lie there; keeps what it says of weights. */
export function writeSources(recipes: Recipe[]): void {
  writeFileSync(sources, preface + recipes.map(section).join('') + weightsPart());
}
