import { spawnSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { pageProblems } from '../../../src/build/checks/page.ts';
import { parsePage } from '../../../src/build/page-source.ts';
import { newPaperFiles } from '../../../src/tools/new-paper-files.ts';

const root = path.resolve(import.meta.dirname, '../../..');
const folder = path.join(root, `.cache/new-paper-${process.pid}`);
const files = newPaperFiles('my-paper', 'theory');
const cells = ['mechanism', 'experiment'].map((name) => ({
  name,
  text: files[`content/papers/my-paper/${name}.ts`],
}));
const run = (script: string, args: string[], input = '') =>
  spawnSync(process.execPath, [path.join(root, 'node_modules', script), ...args], {
    cwd: root,
    input,
    encoding: 'utf8',
  });

afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('a new paper lacks nothing but its recording', () => {
  const file = 'content/papers/my-paper/index.mdx';
  const problems = pageProblems({
    slug: 'my-paper',
    page: parsePage(file, files[file]),
    cells,
    recording: null,
    hash: () => '',
    home: 'theory',
    targets: { standing: [], slugs: [], guide: [], ids: () => [] },
    exists: () => true,
  });
  expect(problems.map((problem) => problem.found)).toEqual(['no recording']);
});

test('the files of a new paper are formatted', () => {
  for (const [file, text] of Object.entries(files).filter(([name]) => name.endsWith('.ts'))) {
    const formatted = run('@biomejs/biome/bin/biome', ['format', `--stdin-file-path=${file}`], text);
    expect(formatted.stdout, file).toBe(text);
  }
});

test('the cells of a new paper have their types', () => {
  mkdirSync(folder, { recursive: true });
  for (const { name, text } of cells) writeFileSync(path.join(folder, `${name}.ts`), text);
  const config = { extends: '../../tsconfig.cells.json', include: ['*.ts'], exclude: [] };
  writeFileSync(path.join(folder, 'tsconfig.json'), JSON.stringify(config));
  expect(run('typescript/bin/tsc', ['-p', folder]).stdout).toBe('');
});
