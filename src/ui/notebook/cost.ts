import { probeDevice } from '../../device-probe.ts';
import type { BackendName, Recording, Verdict } from '../../protocol.ts';

/** Milliseconds that handing one kernel to a GPU takes, before any was timed here: measured on real ones, 0.08 to 0.13. */
const A_KERNEL = 0.11;
/** The same on a GPU made of software, which does the work of a kernel itself: measured on SwiftShader with two cores. */
const A_SOFTWARE_KERNEL = 2.8;

type Costs = Pick<Recording, 'milliseconds' | 'kernels' | 'probe'>;

/** How this device did before: of WASM and the CPU, its time over the recorded one; of WebGPU, milliseconds a kernel. */
export type Pace = Partial<Record<BackendName, number>>;

const key = 'working-papers-pace';

export function knownPace(storage: () => Storage): Pace {
  try {
    return JSON.parse(storage().getItem(key) ?? '{}');
  } catch {
    return {};
  }
}

/** Keeps what a whole run took, so that the next one is foretold from it. */
export function keepPace(
  recording: Costs,
  verdict: Verdict,
  milliseconds: number,
  storage: () => Storage,
): void {
  const whole = verdict.backend === 'webgpu' ? recording.kernels : recording.milliseconds;
  if (whole <= 0) return;
  try {
    storage().setItem(
      key,
      JSON.stringify({ ...knownPace(storage), [verdict.backend]: milliseconds / whole }),
    );
  } catch {
    // A page that may keep nothing foretells from the probe alone.
  }
}

/**
 * Milliseconds a run at the defaults will take here. On WASM the recorded time, by how much longer this device takes
 * for a fixed piece of work than the recording one did; on WebGPU the recorded number of kernels. What was timed here
 * before counts more than either.
 */
export function foretold(
  recording: Costs,
  { backend, software = false }: { backend: BackendName; software?: boolean },
  pace: Pace,
  probe = probeDevice,
): number {
  const known = pace[backend];
  if (backend === 'webgpu') return recording.kernels * (known ?? (software ? A_SOFTWARE_KERNEL : A_KERNEL));
  if (known) return recording.milliseconds * known;
  return recording.probe ? (recording.milliseconds * probe()) / recording.probe : recording.milliseconds;
}

/** "about 8 s here" */
export function costHere(milliseconds: number): string {
  const value =
    milliseconds < 950
      ? Math.max(0.1, milliseconds / 1000).toFixed(1)
      : String(Math.round(milliseconds / 1000));
  return `about ${value} s here`;
}
