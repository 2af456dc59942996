import { beforeEach, expect, test, vi } from 'vitest';
import type { CellError, FromKernel, ToKernel, Verdict } from '../../../src/protocol.ts';
import { createRunner } from '../../../src/ui/notebook/runner.ts';

interface FakeLink {
  sent: ToKernel[];
  hear: (message: FromKernel) => void;
  ended: boolean;
}
const links: FakeLink[] = vi.hoisted(() => []);
vi.mock('../../../src/ui/notebook/link.ts', () => ({
  openLink: async (hear: (message: FromKernel) => void) => {
    const link: FakeLink = { sent: [], hear, ended: false };
    links.push(link);
    return {
      send: (message: ToKernel) => void link.sent.push(message),
      end: () => {
        link.ended = true;
      },
    };
  },
}));

const messages: FromKernel[] = [];
const broken: CellError[] = [];
const create = (backend?: 'wasm') =>
  createRunner(
    { slug: 'hopfield', cells: [] },
    {
      message: (message) => void messages.push(message),
      broken: (error) => void broken.push(error),
      silent: () => {},
    },
    { backend },
  );
const settled = () => new Promise((done) => setTimeout(done));
const end: FromKernel = {
  type: 'run-end',
  run: 1,
  outcome: 'done',
  milliseconds: 1,
  kernels: 1,
  peakBytes: 1,
  tensors: 0,
} as FromKernel;

beforeEach(() => {
  for (const list of [links, messages, broken]) list.length = 0;
});

test('a lost GPU is told with its reason and a way out, and the next run starts another kernel', async () => {
  const runner = create();
  runner.run({});
  await settled();
  links[0].hear({ type: 'device-lost', reason: 'the driver was reset' });
  expect(broken).toEqual([
    {
      kind: 'device',
      message: 'the GPU was lost (the driver was reset)',
      hint: 'Run again: a new kernel starts, on WASM if the GPU does not come back.',
    },
  ]);
  expect(links[0].ended).toBe(true);
  runner.run({});
  await settled();
  expect(links).toHaveLength(2);
  expect(links[1].sent.map(({ type }) => type)).toEqual(['open', 'load', 'run']);
});

test('a kernel that could not start is ended, and its words are told', async () => {
  create().run({});
  await settled();
  links[0].hear({ type: 'failed', error: { kind: 'throw', message: 'No backend can be used here.' } });
  expect(broken.map(({ message }) => message)).toEqual(['No backend can be used here.']);
  expect(links[0].ended).toBe(true);
});

test.each([0, 1, 2, 3, 4, 5, 6])(
  'a run that is superseded while the kernel opens never comes last: %i turns',
  async (turns) => {
    const runner = create();
    runner.run({});
    for (let i = 0; i < turns; i += 1) await Promise.resolve();
    runner.run({});
    await settled();
    const runs = links[0].sent.flatMap((message) => (message.type === 'run' ? [message.run] : []));
    expect(runs.at(-1)).toBe(2);
  },
);

test('what a superseded run says is dropped', async () => {
  const runner = create();
  runner.run({});
  runner.run({ beta: 1 });
  await settled();
  links[0].hear({ ...end, run: 1 } as FromKernel);
  expect(messages).toEqual([]);
  links[0].hear({ ...end, run: 2 } as FromKernel);
  expect(messages.map(({ type }) => type)).toEqual(['run-end']);
});

test('another backend is a new kernel that is asked for it', async () => {
  const runner = create();
  runner.run({});
  await settled();
  runner.restart({ backend: 'wasm' });
  expect(links[0].ended).toBe(true);
  runner.run({});
  await settled();
  expect(links[1].sent[0]).toMatchObject({ type: 'open', backend: 'wasm' });
});

test('a kernel that follows another is told what that one proved, but not of a device that was lost', async () => {
  const runner = create();
  runner.run({});
  await settled();
  const verdict = { backend: 'webgpu', device: 'Apple M2', wrong: [], refused: '' } as unknown as Verdict;
  links[0].hear({ type: 'opened', verdict, tried: [] });
  runner.restart({});
  runner.run({});
  await settled();
  expect(links[0].sent[0]).toMatchObject({ type: 'open', proved: undefined });
  expect(links[1].sent[0]).toMatchObject({ type: 'open', proved: verdict });
  links[1].hear({ type: 'device-lost', reason: 'unknown' });
  runner.run({});
  await settled();
  expect(links[2].sent[0]).toMatchObject({ type: 'open', proved: undefined });
});

test('a cell that does not answer to Stop loses its kernel after a second', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'setInterval', 'clearInterval'] });
  try {
    const runner = create();
    runner.run({});
    await vi.advanceTimersByTimeAsync(10);
    runner.stop();
    expect(links[0].sent.at(-1)).toMatchObject({ type: 'stop', run: 1 });
    await vi.advanceTimersByTimeAsync(1100);
    expect(broken[0]).toMatchObject({ kind: 'loop', hint: expect.stringContaining('steps') });
    expect(links[0].ended).toBe(true);
  } finally {
    vi.useRealTimers();
  }
});
