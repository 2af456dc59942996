import fc from 'fast-check';
import { expect, test } from 'vitest';
import { compileCell } from '../../../src/compile-cell.ts';
import { aroundNode } from '../../../src/kernel/around-node.ts';
import { createSession } from '../../../src/kernel/session.ts';
import type { FromKernel, ToKernel } from '../../../src/protocol.ts';
import { cases, patience } from '../../fuzz.ts';

/** A kernel that is told things in any order; `said` is what it answered. */
function kernel() {
  const said: FromKernel[] = [];
  const session = createSession(aroundNode((message) => void said.push(structuredClone(message))));
  return { said, tell: (message: ToKernel) => session.receive(message) };
}

const quick = `import { check, show, slider, steps } from 'lab';
const a = slider('a', { min: 0, max: 9, value: 1 });
for await (const i of steps(3)) show('i', String(i));
check('a is small', a, { below: 5, because: 'so', breaks: { a: 9 } });`;
const notebook = { slug: 't', cells: [compileCell('experiment', quick)] };
const value = fc.oneof(fc.double(), fc.string(), fc.boolean(), fc.constantFrom(1, 3, 9));
const settings = fc.dictionary(
  fc.oneof(fc.constantFrom('a', 'seed', '__proto__', 'constructor'), fc.string()),
  value,
  { maxKeys: 3 },
);
const message = fc.oneof(
  { weight: 4, arbitrary: settings.map((set) => ({ type: 'run' as const, run: 0, settings: set })) },
  { weight: 2, arbitrary: fc.constant({ type: 'stop' as const, run: 0 }) },
  { weight: 1, arbitrary: fc.constant({ type: 'load' as const, notebook }) },
  { weight: 1, arbitrary: fc.string().map((name) => ({ type: 'asset' as const, name, error: 'none' })) },
);
const turn = () => new Promise((done) => setImmediate(done));

test(
  'whatever it is told in whatever order, a kernel answers the last run, and runs again after it',
  async () => {
    const { said, tell } = kernel();
    tell({ type: 'open', backend: 'cpu' });
    tell({ type: 'load', notebook });
    let run = 0;
    const ended = async () => {
      const wanted = run;
      for (let i = 0; i < 100_000; i++) {
        if (said.some((m) => m.type === 'run-end' && m.run === wanted)) return;
        await turn();
      }
      throw new Error(`run ${wanted} has no end`);
    };
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(message, fc.nat(2)), { maxLength: 6 }), async (messages) => {
        said.length = 0;
        for (const [wish, turns] of messages) {
          if (wish.type === 'run') run += 1;
          tell('run' in wish ? { ...wish, run } : wish);
          for (let i = 0; i < turns; i++) await turn();
        }
        run += 1;
        tell({ type: 'run', run, settings: { a: 2 }, force: true });
        await ended();
        const own = said.filter((m) => 'run' in m && m.run === run);
        expect(own.at(-1)).toMatchObject({ type: 'run-end', outcome: 'done', tensors: 0 });
        expect(own.filter((m) => m.type === 'check')).toHaveLength(1);
        const ends = said.flatMap((m) => (m.type === 'run-end' ? [m.run] : []));
        expect(new Set(ends).size).toBe(ends.length);
        expect(said.some((m) => m.type === 'failed')).toBe(false);
      }),
      { numRuns: cases },
    );
  },
  patience,
);
