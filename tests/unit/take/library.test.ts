import { readFileSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import Ajv from 'ajv-draft-04';
import { beforeAll, expect, test } from 'vitest';
import { standingSlugs } from '../../../src/build/notebooks.ts';
import { runtimeText } from '../../../src/build/take/runtime.ts';
import { notebookFile } from '../../../src/take-files/notebook.ts';
import { ROOM } from '../../../src/take-files/pack.ts';
import { programFile } from '../../../src/take-files/program.ts';
import { partsOf } from './files.ts';

const schema = JSON.parse(readFileSync('tests/fixtures/nbformat/nbformat.v4.5.schema.json', 'utf8'));
const validate = new Ajv({ strict: false }).compile(schema);
const runtime = { node: '' };

beforeAll(async () => {
  runtime.node = await runtimeText('src/take/node.ts');
});

// What each runs as is tested for a few; that Node reads it, that it is whole and no larger than promised, for all.
for (const slug of standingSlugs())
  test(`${slug}: its program reads as TypeScript, its notebook is valid, both hold all cells and data`, () => {
    const { pack, files, cells } = partsOf(slug);
    const program = programFile(pack, cells, runtime.node, files);
    // As ESM, which Node takes a file with a top-level await for. What the lab is made of is tested elsewhere.
    const cellsAlone = programFile(pack, cells, '', {});
    expect(() => stripTypeScriptTypes(cellsAlone)).not.toThrow();
    expect(program.length).toBeLessThan(ROOM);
    const text = notebookFile(pack, cells, 'TEFC', files);
    expect(text.length).toBeLessThan(ROOM);
    const notebook = JSON.parse(text);
    validate(notebook);
    expect(validate.errors).toBeNull();
    for (const { name } of cells) {
      expect(program).toContain(`await cell('${name}', async (use) => {`);
      expect(text).toContain(`await cell('${name}', async (use) => {`);
    }
    for (const [name, base64] of Object.entries(files)) {
      expect(program).toContain(`    ${JSON.stringify(name)}: '${base64}',\n`);
      expect(notebook.metadata.working_papers.files[name]).toBe(base64);
    }
  });
