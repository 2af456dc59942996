import { runtimeHash } from './hashes.ts';
import type { Paper } from './paper.ts';

/** Which run is on the page before anybody presses Run. "By exactly this code" only when that is so. */
export function provenance({ recording }: Pick<Paper, 'recording'>, runtime = runtimeHash()): string {
  if (!recording) return 'Not recorded yet.';
  const exactly = recording.runtime === runtime ? ' by exactly this code' : '';
  return `Recorded beforehand${exactly}, on ${recording.environment}.`;
}
