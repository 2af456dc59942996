import { readFileSync } from 'node:fs';
import Ajv from 'ajv-draft-04';
import { expect, test } from 'vitest';
import { notebookFile } from '../../../src/take-files/notebook.ts';
import { partsOf } from './files.ts';

const schema = JSON.parse(readFileSync('tests/fixtures/nbformat/nbformat.v4.5.schema.json', 'utf8'));
const validate = new Ajv({ strict: false }).compile(schema);

interface Cell {
  cell_type: string;
  id: string;
  source: string[];
  outputs?: { data?: Record<string, string[]>; text?: string[] }[];
}

function made(slug: string, edit?: { name: string; text: string }) {
  const { pack, files, cells } = partsOf(slug);
  const taken = cells.map((cell) =>
    cell.name === edit?.name ? { ...cell, text: edit.text, edited: true } : cell,
  );
  const notebook = JSON.parse(notebookFile(pack, taken, 'TEFC', files));
  return { notebook, cells: notebook.cells as Cell[], pack };
}
const textOf = (cells: Cell[]) => cells.map(({ source }) => source.join('')).join('\n\n');

// One with data, one whose cells import a later one, one with another paper's mechanism, one with tables.
for (const slug of ['hopfield', 'maxim', 'slab', 'depth-efficiency'])
  test(`${slug}: a valid notebook of format 4.5, with prose, formulas, code and recorded figures`, () => {
    const { notebook, cells, pack } = made(slug);
    validate(notebook);
    expect(validate.errors).toBeNull();
    expect([notebook.nbformat, notebook.nbformat_minor]).toEqual([4, 5]);
    expect(new Set(cells.map(({ id }) => id)).size, 'ids of cells are unique').toBe(cells.length);
    const markdown = textOf(cells.filter(({ cell_type }) => cell_type === 'markdown'));
    const code = cells.filter(({ cell_type }) => cell_type === 'code');
    for (const heading of ['The idea', 'The formulas', 'The notebook', 'What this does not show', 'Try this'])
      expect(markdown).toContain(`## ${heading}`);
    expect(markdown).toMatch(/\$\$\n[^$]+\n\$\$/);
    const order = code.flatMap(({ source }) => /await cell\('([^']+)'/.exec(source.join(''))?.[1] ?? []);
    expect(order.sort()).toEqual([...pack.order].sort());
    const svgs = code.flatMap(({ outputs = [] }) =>
      outputs.flatMap(({ data }) => data?.['image/svg+xml']?.join('') ?? []),
    );
    expect(svgs.length).toBeGreaterThan(2);
    for (const svg of svgs) expect(svg).toMatch(/^<svg [\s\S]*<\/svg>$/);
    const printed = code
      .flatMap(({ outputs = [] }) => outputs.flatMap(({ text }) => text?.join('') ?? []))
      .join('');
    expect(printed.match(/holds {2}/g)!.length).toBe(Object.keys(pack.about.recorded).length);
  });

test('the schema refuses what is no notebook, so a valid one says something', () => {
  const { notebook } = made('hopfield');
  expect(validate({ ...notebook, cells: [{ ...notebook.cells[0], id: 'not an id!' }] })).toBe(false);
  expect(validate({ ...notebook, cells: [{ cell_type: 'code', id: 'a', metadata: {}, source: [] }] })).toBe(
    false,
  );
});

test('what a cell imports stands before it, also where the page has it after', () => {
  const { cells, pack } = made('maxim');
  const order = cells.flatMap(({ source }) => /await cell\('([^']+)'/.exec(source.join(''))?.[1] ?? []);
  expect(order.indexOf('damage')).toBeLessThan(order.indexOf('reach'));
  expect(pack.order.indexOf('damage')).toBeLessThan(pack.order.indexOf('reach'));
});

test("a reader's cell goes along, and what was recorded without it does not", () => {
  const { notebook, cells } = made('hopfield', {
    name: 'theory',
    text: "import { show } from 'lab';\nshow('mine', 'words');",
  });
  validate(notebook);
  expect(validate.errors).toBeNull();
  const own = cells.find(({ source }) => source.join('').includes("cell('theory'"))!;
  expect(own.source.join('')).toContain("// theory.ts, as its reader changed it\nawait cell('theory'");
  expect(cells.flatMap(({ outputs = [] }) => outputs)).toEqual([]);
  expect(notebook.metadata.working_papers.about.recorded).toEqual({});
});
