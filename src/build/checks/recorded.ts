import type { Recording } from '../../protocol.ts';
import type { Problem } from '../problem.ts';

/** A page without a recording, or with one made from other sources than those present, or without its finding. */
export function recordedProblems(
  slug: string,
  recording: Recording | null,
  hash: () => string,
  finding?: string,
): Problem[] {
  const file = `content/papers/${slug}/recorded.json`;
  const remedy = `run: npm run record ${slug}`;
  if (!recording) return [{ file, found: 'no recording', expected: 'one run of the notebook', remedy }];
  const now = hash();
  if (recording.sources !== now)
    return [
      {
        file,
        found: `a recording of the sources ${recording.sources}`,
        expected: `one of those present, ${now}`,
        remedy,
      },
    ];
  const ids = recording.shown.map((shown) => shown.id);
  if (!finding || ids.includes(finding)) return [];
  return [
    {
      file: `content/papers/${slug}/index.mdx`,
      found: `finding.output: "${finding}"`,
      expected: `one of the recorded outputs ${ids.join(', ')}`,
      remedy: 'name one of them',
    },
  ];
}
