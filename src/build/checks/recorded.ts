import type { Recording } from '../../protocol.ts';
import type { Problem } from '../problem.ts';

/** A page without a recording, or with one made from other sources than those present, or without its finding. */
export function recordedProblems(
  slug: string,
  recording: Recording | null,
  hash: () => string,
  exists: (file: string) => boolean,
  finding?: string,
): Problem[] {
  const file = `content/papers/${slug}/recorded.json`;
  const remedy = `run: npm run record ${slug}`;
  if (!recording) return [{ file, found: 'no recording', expected: 'one run of the notebook', remedy }];
  const gone = recording.assets.filter((name) => !exists(`public/${name}`));
  if (gone.length > 0)
    return [
      {
        file,
        found: `a recording that read ${gone.join(', ')}, which public/ does not have`,
        expected: 'every file that the cells read',
        remedy: `put it back, or ${remedy}`,
      },
    ];
  const now = hash();
  if (recording.sources !== now)
    return [
      {
        file,
        found: `a recording of other cells or data than those present (hash ${recording.sources})`,
        expected: `one of these (hash ${now})`,
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
