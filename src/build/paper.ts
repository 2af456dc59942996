import { type Section, sections, slugs } from '../../content/sections.ts';
import type { PaperData } from '../content.config.ts';
import type { ControlSpec, Recording, Shown } from '../protocol.ts';
import { recordingOf } from './notebooks.ts';
import { readPage } from './page-source.ts';

/** All a page's components need to know about its paper. */
export interface Paper {
  slug: string;
  data: PaperData;
  section: Section;
  /** Cells in reading order. */
  cells: string[];
  /** The last recorded run; null before the first. */
  recording: Recording | null;
}

/** A paper, from its slug and its checked frontmatter. */
export function paperOf(slug: string, data: PaperData): Paper {
  const section = sections.find((s) => s.id === data.section)!;
  return { slug, data, section, cells: readPage(slug).cells, recording: recordingOf(slug) };
}

/** What a cell showed, in order. */
export const shownBy = (paper: Paper, cell: string): Shown[] =>
  paper.recording?.shown.filter((shown) => shown.cell === cell) ?? [];

/** The output that the first screen shows. */
export const findingOf = (paper: Paper): Shown | undefined =>
  paper.recording?.shown.find((shown) => shown.id === paper.data.finding.output);

const seedControl = (seed: number): ControlSpec => ({
  key: 'seed',
  kind: 'seed',
  cell: '',
  label: 'seed',
  value: seed,
});

/** The controls drawn at a cell: its own, and the notebook's seed at the first cell that has any. */
export function controlsOf(paper: Paper, cell: string): ControlSpec[] {
  if (!paper.recording) return [];
  const own = paper.recording.controls.filter((control) => control.kind !== 'seed');
  const home = own[0]?.cell ?? paper.cells.at(-1);
  const seed = paper.recording.controls.find((c) => c.kind === 'seed') ?? seedControl(paper.recording.seed);
  return [...own.filter((control) => control.cell === cell), ...(cell === home ? [seed] : [])];
}

/** Slugs that stand, in reading order, out of those given. */
export const inReadingOrder = (standing: string[]): string[] =>
  slugs.filter((slug) => standing.includes(slug));
