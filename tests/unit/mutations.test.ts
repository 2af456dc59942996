/** The runtime's own tests must turn red when the runtime is damaged: each damage here is tried on a copy of the project. */
import { spawn } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';

const root = path.resolve(import.meta.dirname, '../..');

interface Damage {
  name: string;
  file: string;
  /** A piece of the file, and what it becomes. */
  from: string;
  to: string;
  /** The tests that must see it. */
  seenBy: string;
}

const damages: Damage[] = [
  {
    name: 'a check that returns the wrong verdict',
    file: 'src/lab/check.ts',
    from: 'return measured < bound.below',
    to: 'return measured <= bound.below',
    seenBy: 'tests/unit/lab/lab.test.ts',
  },
  {
    name: 'a superseded output that is shown',
    file: 'src/kernel/cell-host.ts',
    from: 'if (now().task.isStopped()) throw new Stopped();\n  };',
    to: '};',
    seenBy: 'tests/unit/kernel/session.test.ts',
  },
  {
    name: 'a leaked tensor',
    file: 'src/lab/steps.ts',
    from: 'tf.engine().endScope();',
    to: '',
    seenBy: 'tests/unit/lab/lab.test.ts',
  },
  {
    name: 'a stale recording that is taken',
    file: 'src/build/checks/recorded.ts',
    from: 'if (recording.sources !== now)',
    to: 'if (!now)',
    seenBy: 'tests/unit/build/checks.test.ts',
  },
  {
    name: 'a formula that is damaged',
    file: 'src/build/katex.ts',
    from: "let out = '';",
    to: "let out = ' \\\\; ';",
    seenBy: 'tests/unit/build/katex.test.ts',
  },
];

const copies: string[] = [];
afterAll(() => {
  for (const copy of copies) rmSync(copy, { recursive: true, force: true });
});

/** A copy of what the unit tests need; packages are shared. */
function copyOfProject(): string {
  const copy = mkdtempSync(path.join(tmpdir(), 'damaged-'));
  copies.push(copy);
  for (const part of [
    'src',
    'tests',
    'content',
    'components',
    'vitest.config.ts',
    'package.json',
    'tsconfig.json',
    'tsconfig.base.json',
    'tsconfig.build.json',
  ]) {
    cpSync(path.join(root, part), path.join(copy, part), { recursive: true });
  }
  symlinkSync(path.join(root, 'node_modules'), path.join(copy, 'node_modules'));
  symlinkSync(path.join(root, 'public'), path.join(copy, 'public'));
  return copy;
}

function damage({ file, from, to }: Damage): string {
  const copy = copyOfProject();
  const text = readFileSync(path.join(copy, file), 'utf8');
  expect(text, `${file} still holds what this damage replaces`).toContain(from);
  writeFileSync(path.join(copy, file), text.replace(from, to));
  return copy;
}

/** Exit code and words of the tests in a copy. */
function runTests(copy: string, file: string): Promise<{ code: number | null; words: string }> {
  return new Promise((resolve) => {
    const child = spawn(
      process.execPath,
      ['node_modules/vitest/vitest.mjs', 'run', '--project', 'unit', file, '--reporter=dot', '--no-color'],
      { cwd: copy, env: { ...process.env, VITEST: undefined } },
    );
    let words = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (piece) => (words += piece));
    child.on('close', (code) => resolve({ code, words }));
  });
}

test.for(damages)('$name turns a test red', { timeout: 120_000 }, async (one) => {
  const { code, words } = await runTests(damage(one), one.seenBy);
  expect(words).toMatch(/Tests\s.*\d+ failed/);
  expect(code).not.toBe(0);
});
