import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { runtimeText } from '../../../src/build/take/runtime.ts';
import { programFile } from '../../../src/take-files/program.ts';
import { partsOf } from './files.ts';

const run = promisify(execFile);
// Programs train: on a busy machine that takes its time.
vi.setConfig({ testTimeout: 240_000 });
let folder = '';
let runtime = '';

beforeAll(async () => {
  runtime = await runtimeText('src/take/node.ts');
  folder = mkdtempSync(join(tmpdir(), 'taken along ü '));
  symlinkSync(resolve('node_modules'), join(folder, 'node_modules'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function write(slug: string, edit?: { name: string; text: string }) {
  const { pack, files, cells, paper } = partsOf(slug);
  const taken = cells.map((cell) =>
    cell.name === edit?.name ? { ...cell, text: edit.text, edited: true } : cell,
  );
  writeFileSync(join(folder, `${slug}.ts`), programFile(pack, taken, runtime, files));
  return paper;
}

/** Runs a program as its reader does; what it printed, its exit code and the checks it wrote down. */
async function ran(slug: string, args: string[] = []) {
  const { stdout, stderr, code } = await run(process.execPath, [`${slug}.ts`, ...args], { cwd: folder }).then(
    (done) => ({ ...done, code: 0 }),
    (error) => error as { stdout: string; stderr: string; code: number },
  );
  const written = () => JSON.parse(readFileSync(join(folder, `${slug}-figures/checks.json`), 'utf8'));
  return { stdout, stderr, code, written };
}

test('nothing in lab, kernel and packages reads otherwise as TypeScript', () => {
  const whole = `function lab() {\n${runtime}\n}\n`;
  expect(stripTypeScriptTypes(whole)).toBe(whole);
});

// Products and data; convolutions and training; trained weights.
for (const slug of ['hopfield', 'noprop', 'fit'])
  test(`${slug}: the downloaded program measures in Node what the page recorded`, async () => {
    const { recording } = write(slug);
    const { stdout, stderr, code, written } = await ran(slug);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const { backend, checks } = written();
    expect(backend).toBe('wasm');
    expect(checks.map(({ id }: { id: string }) => id).sort()).toEqual(
      recording!.checks.map(({ id }) => id).sort(),
    );
    for (const { id, measured } of checks) {
      const recorded = recording!.checks.find((check) => check.id === id)!.measured!;
      expect(Math.abs(measured - recorded), id).toBeLessThanOrEqual(1e-4 * Math.abs(recorded) + 1e-9);
    }
    expect(stdout).toContain(`${checks.length} of ${checks.length} checks hold`);
    const figures = readdirSync(join(folder, `${slug}-figures`)).filter((name) => name.endsWith('.svg'));
    const pictures = recording!.shown.filter(({ output }) =>
      ['plot', 'images', 'scrub'].includes(output.kind),
    );
    expect(figures.sort()).toEqual(pictures.map(({ id }) => `${id}.svg`).sort());
  });

test('other settings are words of the command; a check that they break makes the exit code 1', async () => {
  write('hopfield');
  const { stdout, code, written } = await ran('hopfield', ['rule=linear']);
  expect(code).toBe(1);
  expect(stdout).toContain('with rule = linear');
  expect(stdout).toMatch(/✗ fails {2}share of 256 patterns/);
  expect(written().settings).toEqual({ rule: 'linear' });
});

test('a setting that is none is refused with those there are, before anything runs', async () => {
  write('hopfield');
  const { stdout, code } = await ran('hopfield', ['temperature=1']);
  expect(code).toBe(2);
  expect(stdout).toMatch(/"temperature=1" sets nothing here\..*this notebook has seed, .*beta/);
});

test("a reader's cell runs in place of the site's; an error in it is told with the line of the program", async () => {
  write('hopfield', {
    name: 'digits',
    text: "import { check } from 'lab';\ncheck('mine', 3, { below: 5, because: 'it is', breaks: { seed: 9 } });",
  });
  const fine = await ran('hopfield');
  expect(fine.stdout).toContain('✓ holds  mine: 3, below 5\n');
  write('hopfield', { name: 'digits', text: "import { nothing } from 'lab';" });
  const { code, stderr } = await ran('hopfield');
  expect(code).toBe(1);
  expect(stderr).toMatch(/'lab' has no 'nothing'[\s\S]*hopfield\.ts:\d+/);
});

/** Writes the program of a paper, damaged. */
function writeDamaged(slug: string, damage: (text: string) => string): void {
  write(slug);
  const file = join(folder, `${slug}.ts`);
  const text = readFileSync(file, 'utf8');
  const damaged = damage(text);
  expect(damaged, 'there is something to damage').not.toBe(text);
  writeFileSync(file, damaged);
}

test('a changed formula fails its checks: the comparison above can fail', async () => {
  writeDamaged('hopfield', (text) => text.replace('tf.softmax(overlaps', 'tf.sigmoid(overlaps'));
  const { code, stdout, written } = await ran('hopfield');
  expect(code).toBe(1);
  expect(stdout).toMatch(/✗ fails/);
  const { recording } = partsOf('hopfield').paper;
  const apart = written().checks.filter(({ id, measured }: { id: string; measured: number }) => {
    const recorded = recording!.checks.find((check) => check.id === id)!.measured!;
    return Math.abs(measured - recorded) > 1e-4 * Math.abs(recorded) + 1e-9;
  });
  expect(apart.length).toBeGreaterThan(0);
});

test('data that are missing are named, with what to do', async () => {
  writeDamaged('hopfield', (text) => text.replace(/^ {4}"data\/mnist[^\n]*\n/m, ''));
  const { code, stderr } = await ran('hopfield');
  expect(code).toBe(1);
  expect(stderr).toMatch(
    /the data file data\/mnist[\w.-]+ is not in this file\. Download it again from its page/,
  );
});

test('data that were damaged are named, and nothing is measured with them', async () => {
  writeDamaged('hopfield', (text) =>
    text.replace(
      /("data\/mnist[^']*'[^']{2000})([^']{40})/,
      (_, before, piece) => before + [...piece].reverse().join(''),
    ),
  );
  rmSync(join(folder, 'hopfield-figures'), { recursive: true, force: true });
  const { code, stderr } = await ran('hopfield');
  expect(code).toBe(1);
  expect(stderr).toMatch(/data\/mnist[\w.-]+ .*damaged/);
  expect(() => readFileSync(join(folder, 'hopfield-figures/checks.json'))).toThrow();
});

test('without TensorFlow.js the program says what to install', async () => {
  const elsewhere = mkdtempSync(join(tmpdir(), 'bare '));
  const { pack, files, cells } = partsOf('hopfield');
  writeFileSync(join(elsewhere, 'hopfield.ts'), programFile(pack, cells, runtime, files));
  const error = await run(process.execPath, ['hopfield.ts'], { cwd: elsewhere }).catch((failed) => failed);
  expect(error.code).toBe(1);
  expect(error.stderr).toContain('npm i @tensorflow/tfjs');
  rmSync(elsewhere, { recursive: true });
});
