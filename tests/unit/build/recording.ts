import type { CheckResult, Recording } from '../../../src/protocol.ts';

const check = (id: string): CheckResult => ({
  cell: 'experiment',
  id,
  claim: id,
  measured: 1,
  bound: { below: 2 },
  because: 'theory',
  breaks: { rule: 'linear' },
  holds: true,
});

/** A recording of two checks on three seeds, with one output. */
export function recording(): Recording {
  return {
    sources: 'abc',
    runtime: 'r1',
    environment: 'WASM, Node 24',
    seed: 0,
    assets: [],
    milliseconds: 420,
    kernels: 10,
    peakBytes: 1000,
    controls: [
      { key: 'seed', kind: 'seed', cell: '', label: 'seed', value: 0 },
      { key: 'beta', kind: 'slider', cell: 'experiment', label: 'β', value: 1, min: 0, max: 2 },
    ],
    shown: [{ cell: 'experiment', name: 'digits', id: 'digits', output: { kind: 'text', markdown: 'x' } }],
    checks: [check('one'), check('two')],
    seeds: [
      { seed: 1, measured: [1, 1], holds: [true, true] },
      { seed: 2, measured: [1, 1], holds: [true, true] },
    ],
    broken: [
      { measured: 5, holds: false },
      { measured: 5, holds: false },
    ],
  };
}
