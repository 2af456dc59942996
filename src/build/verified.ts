import { existsSync, readdirSync, readFileSync } from 'node:fs';
import type { Report } from '../render/verification.ts';

const folder = 'content/verified';

/** The newest kept report of each backend, in a line each. */
export interface Verified {
  backend: string;
  where: string;
  date: string;
  holding: number;
  total: number;
}

const words = { webgpu: 'WebGPU', wasm: 'WASM', cpu: 'CPU' } as const;

/** Reports of `npm run verify -- --keep`, the newest of each backend. */
export function verifiedReports(): Verified[] {
  const files = existsSync(folder) ? readdirSync(folder).filter((file) => file.endsWith('.json')) : [];
  const reports = files.map((file): Report => JSON.parse(readFileSync(`${folder}/${file}`, 'utf8')));
  const newest = new Map<string, Report>();
  for (const report of reports.sort((a, b) => (a.date < b.date ? -1 : 1))) newest.set(report.backend, report);
  return [...newest.values()].map(({ backend, device, machine, date, papers }) => {
    const checks = papers.flatMap((paper) => paper.checks);
    const holding = checks.filter(({ holds }) => holds).length;
    return { backend: words[backend], where: `${device}, ${machine}`, date, holding, total: checks.length };
  });
}
