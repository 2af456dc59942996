import { expect, test } from 'vitest';
import { compileCell } from '../../../src/compile-cell.ts';
import { aroundNode } from '../../../src/kernel/around-node.ts';
import { createSession } from '../../../src/kernel/session.ts';
import type { FromKernel, ToKernel } from '../../../src/protocol.ts';
import { ofType } from './kernel.ts';

/** A session with both ends in one process: what it is told goes in, what it says is kept. */
function bothEnds() {
  const said: FromKernel[] = [];
  const ends = new Map<number, () => void>();
  const session = createSession(
    aroundNode((message) => {
      said.push(structuredClone(message));
      if (message.type === 'run-end') ends.get(message.run)?.();
    }),
  );
  const ended = (run: number) => new Promise<void>((resolve) => ends.set(run, resolve));
  const tell = (message: ToKernel) => session.receive(message);
  tell({ type: 'open', backend: 'cpu' });
  return { said, ended, tell };
}

const cell = (name: string, text: string) => compileCell(name, text);
const slow = `import { show, slider, steps } from 'lab';
const a = slider('a', { min: 0, max: 9, value: 1 });
for await (const i of steps(200)) { await new Promise((r) => setTimeout(r, 1)); }
show('a', String(a));`;

test('a control that moves supersedes the run: one output, the newest', async () => {
  const { said, ended, tell } = bothEnds();
  tell({ type: 'load', notebook: { slug: 't', cells: [cell('experiment', slow)] } });
  const last = ended(3);
  for (const run of [1, 2, 3]) tell({ type: 'run', run, settings: { a: run } });
  await last;
  expect(ofType(said, 'run-end').map(({ run, outcome }) => [run, outcome])).toEqual([
    [1, 'stopped'],
    [3, 'done'],
  ]);
  expect(ofType(said, 'output').map(({ run, shown }) => [run, shown.output])).toEqual([
    [3, { kind: 'text', markdown: '3' }],
  ]);
});

test('Stop ends a run at the next step', async () => {
  const { said, ended, tell } = bothEnds();
  tell({ type: 'load', notebook: { slug: 't', cells: [cell('experiment', slow)] } });
  const end = ended(1);
  tell({ type: 'run', run: 1, settings: {} });
  setTimeout(() => tell({ type: 'stop', run: 1 }), 60);
  await end;
  expect(ofType(said, 'run-end')[0].outcome).toBe('stopped');
  expect(ofType(said, 'output')).toEqual([]);
});

test('a moved control reruns its cell and those that import it, no others', async () => {
  const { said, ended, tell } = bothEnds();
  const cells = [
    cell(
      'first',
      `import { slider } from 'lab';\nexport const a = slider('a', { min: 0, max: 9, value: 1 });`,
    ),
    cell('second', `import { a } from './first';\nimport { show } from 'lab';\nshow('a', String(a));`),
    cell(
      'third',
      `import { show, slider } from 'lab';\nshow('b', String(slider('b', { min: 0, max: 9, value: 1 })));`,
    ),
  ];
  tell({ type: 'load', notebook: { slug: 't', cells } });
  let end = ended(1);
  tell({ type: 'run', run: 1, settings: {} });
  await end;
  end = ended(2);
  tell({ type: 'run', run: 2, settings: { a: 5 } });
  await end;
  const of = (type: 'cell-start' | 'cell-kept') =>
    ofType(said, type)
      .filter(({ run }) => run === 2)
      .map((m) => m.cell);
  expect(of('cell-start')).toEqual(['first', 'second']);
  expect(of('cell-kept')).toEqual(['third']);
  expect(ofType(said, 'output').at(-1)!.shown.output).toEqual({ kind: 'text', markdown: '5' });
});

test('a value outside its control’s range is brought inside', async () => {
  const { said, ended, tell } = bothEnds();
  const text = `import { select, show, slider } from 'lab';
show('values', [slider('a', { min: 0, max: 9, value: 1 }), select('b', { options: [8, 14] })].join());`;
  tell({ type: 'load', notebook: { slug: 't', cells: [cell('experiment', text)] } });
  const end = ended(1);
  tell({ type: 'run', run: 1, settings: { a: 99, b: '14' } });
  await end;
  expect(ofType(said, 'output')[0].shown.output).toEqual({ kind: 'text', markdown: '9,14' });
});

test('a quiet run tells its checks, and neither figures nor progress', async () => {
  const { said, ended, tell } = bothEnds();
  const text = `import { check, show, slider, steps } from 'lab';
const a = slider('a', { min: 0, max: 9, value: 1 });
for await (const i of steps(3)) show('i', String(i));
check('a is small', a, { below: 2, because: 'so', breaks: { a: 3 } });`;
  tell({ type: 'load', notebook: { slug: 't', cells: [cell('experiment', text)] } });
  const run = async (run: number, quiet: boolean) => {
    const end = ended(run);
    tell({ type: 'run', run, settings: {}, force: true, quiet });
    await end;
    const told = (type: FromKernel['type']) =>
      ofType(said, type).filter((message) => 'run' in message && message.run === run).length > 0;
    return (['output', 'progress', 'check'] as const).map(told);
  };
  expect(await run(1, true)).toEqual([false, false, true]);
  expect(await run(2, false)).toEqual([true, true, true]);
});
