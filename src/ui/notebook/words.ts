import type { BackendName, Verdict } from '../../protocol.ts';

/** What each backend is called on the page. */
export const backendNames: Record<BackendName, string> = { webgpu: 'WebGPU', wasm: 'WASM', cpu: 'CPU' };

export const backendName = (verdict: Verdict): string => backendNames[verdict.backend];

/** "WebGPU, Apple M2 · 30 of 30 operations agree to 2e-5" */
export function chipOf(verdict: Verdict): string {
  const device = verdict.device ? `, ${verdict.device}` : '';
  return `${backendName(verdict)}${device} · ${verdict.agree} of ${verdict.operations} operations agree to ${verdict.worst.toExponential(0)}`;
}

/** Why the backends before the chosen one were not used. */
export const refusals = (tried: Verdict[]): string =>
  tried
    .map((verdict) => verdict.refused)
    .filter(Boolean)
    .join(' ');

/** 312 → "0.31 s", 61000 → "61 s" */
export function seconds(milliseconds: number): string {
  const value = milliseconds / 1000;
  return `${value < 0.1 ? value.toFixed(2) : value < 10 ? Number(value.toPrecision(2)) : Math.round(value)} s`;
}

const phases = {
  backend: 'loading the kernel',
  'self-test': 'testing the backend',
} as const;
export const phaseName = (phase: keyof typeof phases): string => phases[phase];
