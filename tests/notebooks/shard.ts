import { beforeAll, describe, expect, test, vi } from 'vitest';
import { papersWithCells, readNotebook } from '../../src/build/cells.ts';
import { runtimeHash, sourcesHash } from '../../src/build/hashes.ts';
import { recordingOf } from '../../src/build/notebooks.ts';
import { differences } from '../../src/build/recording-differences.ts';
import type { NodeKernel, RunResult } from '../../src/kernel/node.ts';
import { createNodeKernel } from '../../src/kernel/node.ts';
import { furtherSeeds } from '../../src/tools/record-seeds.ts';

/** What a notebook may take on one core: the run at its defaults, and until it shows something (doubled: two run at once here). */
const budget = { milliseconds: 2 * 10_000, firstOutput: 2 * 1_000 };
/** The defaults last: the breaks go on from there, as a reader does. */
const seeds = [1, 2, 0];

/** The papers of one of `of` shards, dealt out by recorded time so that the shards end together. */
function papersOf(shard: number, of: number): string[] {
  const wanted = process.env.PAPERS?.split(',').filter(Boolean);
  const load = Array.from({ length: of }, () => 0);
  const timed = papersWithCells()
    .filter((slug) => !wanted?.length || wanted.includes(slug))
    .map((slug) => ({ slug, time: recordingOf(slug)?.milliseconds ?? 5_000 }));
  return timed
    .sort((a, b) => b.time - a.time)
    .filter(({ time }) => {
      const least = load.indexOf(Math.min(...load));
      load[least] += time;
      return least === shard;
    })
    .map(({ slug }) => slug);
}

/**
 * While an author works on single papers: is the recording one of these very cells, data and runtime? What was recorded on
 * other seeds and under the breaks is not computed again then. The run at the defaults is, and must come out as recorded.
 */
function isRecordedAsItStands(slug: string): boolean {
  const recording = process.env.AUTHOR ? recordingOf(slug) : null;
  if (!recording) return false;
  const { sources, runtime, assets, seed } = recording;
  return sources === sourcesHash(slug, assets, seed) && runtime === runtimeHash();
}

/** Every notebook of the shard: three seeds, each check's break, no tensor left, no warning, the recording reproduced. */
export function testNotebooks(shard: number, of: number): void {
  const kernel = createNodeKernel('wasm');
  beforeAll(() => kernel.verdict);
  test('the backend agrees with the recorded answers', async () => {
    expect((await kernel.verdict).wrong).toEqual([]);
  });
  for (const slug of papersOf(shard, of)) describe(slug, () => testNotebook(slug, kernel));
}

function testNotebook(slug: string, kernel: NodeKernel): void {
  const recorded = isRecordedAsItStands(slug);
  const run = recorded ? [0] : seeds;
  const runs = new Map<number, RunResult>();
  const warn = vi.spyOn(console, 'warn');
  beforeAll(async () => {
    kernel.load(readNotebook(slug));
    warn.mockClear();
    for (const seed of run) runs.set(seed, await kernel.run({ seed }));
  });

  test.for(run)('seed %i: runs to its end and every check holds', (seed) => {
    const { outcome, errors, checks } = runs.get(seed)!;
    expect(errors).toEqual([]);
    expect(outcome).toBe('done');
    expect(checks.length).toBeGreaterThanOrEqual(3);
    expect(
      checks
        .filter((check) => !check.holds)
        .map(({ claim, measured, bound }) => ({ claim, measured, bound })),
    ).toEqual([]);
  });
  test('within its budget', () => {
    const [first] = [...runs.values()];
    expect(first.milliseconds).toBeLessThan(budget.milliseconds);
    expect(first.firstOutput).toBeLessThan(budget.firstOutput);
  });
  test('leaves no tensor and warns of nothing', () => {
    expect([...runs.values()].map((run) => run.tensors)).toEqual(run.map(() => 0));
    expect(warn.mock.calls).toEqual([]);
  });
  test('gives what is recorded', () => {
    const recording = recordingOf(slug);
    expect(recording, `npm run record ${slug}`).toBeDefined();
    expect(differences(recording!, runs.get(0)!)).toEqual([]);
  });
  test('is recorded on twenty seeds, and every check holds on nineteen of them', () => {
    const { checks, seeds } = recordingOf(slug)!;
    expect(
      seeds.map(({ seed }) => seed),
      `npm run record ${slug}`,
    ).toEqual(furtherSeeds);
    const failing = checks.map(({ holds }, i) => (holds ? 0 : 1) + seeds.filter((on) => !on.holds[i]).length);
    expect(checks.filter((_, i) => failing[i] > 1).map(({ claim }) => claim)).toEqual([]);
  });
  test('is recorded under the breaks, and every check fails under its own', () => {
    const { checks, broken } = recordingOf(slug)!;
    expect(broken.length).toBe(checks.length);
    expect(checks.filter((_, i) => broken[i].holds).map(({ claim }) => claim)).toEqual([]);
  });
  test.runIf(process.env.ALL)('the further seeds come out again', async () => {
    for (const { seed, holds } of recordingOf(slug)!.seeds) {
      const { checks } = await kernel.run({ seed });
      expect(
        checks.map((check) => check.holds),
        `seed ${seed}`,
      ).toEqual(holds);
    }
  });
  test.runIf(process.env.ALL)('what the page says to try comes out again', async () => {
    const recording = recordingOf(slug)!;
    for (const { set, measured } of recording.tries ?? []) {
      const { checks } = await kernel.run(set);
      const again = recording.checks.map(
        ({ id }) => checks.find((check) => check.id === id)?.measured ?? null,
      );
      for (const [i, value] of measured.entries()) {
        const words = `${recording.checks[i].claim} under ${JSON.stringify(set)}`;
        if (value === null) expect(again[i], words).toBeNull();
        else expect(Math.abs(again[i]! - value), words).toBeLessThanOrEqual(1e-4 * Math.abs(value) + 1e-6);
      }
    }
  });
  test.skipIf(recorded)(
    'every check fails under its breaks, set as a reader sets them, and all come back',
    async () => {
      const { checks, controls } = process.env.ALL ? await kernel.run({}) : runs.get(0)!;
      const keys = new Set([...controls.map((control) => control.key), 'seed']);
      const settings = new Map(checks.map((check) => [JSON.stringify(check.breaks), check.breaks]));
      for (const [text, breaks] of settings) {
        expect(
          Object.keys(breaks).filter((key) => !keys.has(key)),
          'breaks that are no control',
        ).toEqual([]);
        const broken = await kernel.move(breaks);
        expect(broken.errors).toEqual([]);
        const measured = checks
          .filter((check) => JSON.stringify(check.breaks) === text)
          .map(
            ({ id }) =>
              broken.checks.find((check) => check.id === id) ?? {
                claim: id,
                holds: true,
                measured: 'not run again',
              },
          );
        expect(
          measured
            .filter((check) => check.holds)
            .map((check) => `${check.claim}: ${check.measured} under ${text}`),
        ).toEqual([]);
      }
      // A cell that changes what it imports would go on from where the last run left it.
      const back = await kernel.move({});
      const before = checks.filter(({ id }) => back.checks.some((check) => check.id === id));
      expect(differences({ shown: [], checks: before }, { shown: [], checks: back.checks })).toEqual([]);
    },
  );
}
