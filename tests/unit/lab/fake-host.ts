import type { CheckStatement, ControlRequest, Host } from '../../../src/lab/host.ts';
import { randomStream } from '../../../src/lab/random.ts';
import type { ControlValue, Output } from '../../../src/protocol.ts';

/** A host over plain arrays: what the lab said, and what it is told. */
export function fakeHost(settings: Record<string, ControlValue> = {}, seed = 0) {
  const said = {
    controls: [] as ControlRequest[],
    shown: [] as [string, Output][],
    checks: [] as CheckStatement[],
    progress: [] as [string, number, number][],
  };
  const host: Host = {
    cell: 'experiment',
    random: randomStream(seed, 'experiment'),
    control(spec) {
      said.controls.push(spec);
      return settings[spec.key] ?? spec.value;
    },
    show: (name, output) => void said.shown.push([name, output]),
    check: (statement) => void said.checks.push(statement),
    progress: (...args) => void said.progress.push(args),
    breathe: async () => {},
    goOn: () => {},
    asset: async (name) => {
      throw new Error(`no asset ${name} here`);
    },
  };
  return { host, said };
}
