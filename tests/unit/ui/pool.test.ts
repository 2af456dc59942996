import { expect, test } from 'vitest';
import type { FromKernel, Notebook, ToKernel } from '../../../src/protocol.ts';
import { createPool, poolSize } from '../../../src/ui/probe/pool.ts';

const notebook: Notebook = { slug: 't', cells: [] };
const check = (measured: number) => ({
  cell: 'experiment',
  id: 'c',
  claim: 'c',
  measured,
  bound: { below: 9 },
  because: '',
  breaks: {},
  holds: true,
});

/** Kernels that answer with their setting `a` after a turn; `a: 13` breaks one, `a: 99` never answers. */
function kernels() {
  const count = { opened: 0, ended: 0, busy: 0, most: 0 };
  const open = async (hear: (message: FromKernel) => void) => {
    count.opened += 1;
    const answer = (message: ToKernel) => {
      if (message.type === 'open') hear({ type: 'opened', verdict: {} as never, tried: [] });
      if (message.type !== 'run') return;
      const { run, settings } = message;
      const a = Number(settings.a);
      if (a === 99) return;
      if (a === 13) return hear({ type: 'failed', error: { kind: 'throw', message: 'bad luck' } });
      hear({ type: 'check', run, check: check(a) });
      hear({ type: 'run-end', run, outcome: 'done', milliseconds: 1, kernels: 1, peakBytes: 1, tensors: 0 });
      count.busy -= 1;
    };
    return {
      send(message: ToKernel) {
        if (message.type === 'run') count.most = Math.max(count.most, ++count.busy);
        setTimeout(() => answer(message), 2);
      },
      end() {
        count.ended += 1;
      },
    };
  };
  return { count, open };
}

const jobs = (...values: number[]) => values.map((a) => ({ settings: { a } }));

test('every job is answered, side by side, and the kernels are ended', async () => {
  const { count, open } = kernels();
  const found = new Map<number, number | null>();
  await createPool(notebook, open, 3).run(jobs(5, 6, 7, 8, 9, 10, 11), (at, { checks }) =>
    found.set(at, checks[0].measured),
  );
  expect([...found].sort((a, b) => a[0] - b[0]).map(([, value]) => value)).toEqual([5, 6, 7, 8, 9, 10, 11]);
  expect(count).toMatchObject({ opened: 3, ended: 3, most: 3 });
});

test('a kernel that breaks answers its job with the reason, and another goes on', async () => {
  const { count, open } = kernels();
  const said: (string | undefined)[] = [];
  await createPool(notebook, open, 1).run(jobs(1, 13, 3), (at, { error }) => (said[at] = error));
  expect(said).toEqual([undefined, 'bad luck', undefined]);
  expect(count).toMatchObject({ opened: 2, ended: 2 });
});

test('ending a pool ends the wait for a run that never answers', async () => {
  const { count, open } = kernels();
  const pool = createPool(notebook, open, 2);
  const answered: number[] = [];
  const done = pool.run(jobs(1, 99, 99, 4), (at) => answered.push(at));
  setTimeout(() => pool.end(), 40);
  await done;
  expect(answered).toEqual([0]);
  expect(count.ended).toBeGreaterThanOrEqual(2);
});

test('as many as there are cores, eight at most', () => {
  expect([poolSize(1), poolSize(4), poolSize(32)]).toEqual([1, 4, 8]);
});
