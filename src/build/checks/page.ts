import type { PaperData } from '../../content.config.ts';
import type { Recording } from '../../protocol.ts';
import { formulaId } from '../katex.ts';
import type { PageSource } from '../page-source.ts';
import type { Problem } from '../problem.ts';
import { type Cell, cellProblems, textProblems } from './cells.ts';
import { formulaProblems } from './formulas.ts';
import { frontmatterProblems } from './frontmatter.ts';
import { linkProblems, placeProblems, relatedProblems, type Targets } from './links.ts';
import { outcomeProblems } from './outcomes.ts';
import { componentProblems, imageProblems, syntaxProblems } from './parts.ts';
import { recordedProblems } from './recorded.ts';
import { sectionProblems } from './sections.ts';
import { settingProblems } from './settings.ts';
import { rowProblems, symbolProblems } from './symbols.ts';

/** All that is known of a page when it is checked. */
export interface Subject {
  slug: string;
  page: PageSource;
  /** Cells of the notebook: those of the folder, and mechanisms of other papers that they import. */
  cells: Cell[];
  recording: Recording | null;
  /** Hash of the sources present. */
  hash: () => string;
  /** The section that lists the slug, if any. */
  home: string | undefined;
  targets: Targets;
  /** Whether a file is there, by its path from the root of the project. */
  exists: (file: string) => boolean;
}

/** Everything that is wrong with a page. What does not parse hides the rest, and wrong frontmatter repeats itself in it. */
export function pageProblems(subject: Subject): Problem[] {
  const { slug, page, cells, recording, home, targets, exists } = subject;
  const first = page.syntaxError ? syntaxProblems(page) : frontmatterProblems(page);
  if (first.length > 0) return first;
  const data = page.frontmatter as PaperData;
  const keys = data.symbols.map((symbol) => symbol.key);
  const related = (data.related ?? []).map((one) => one.slug);
  return [
    ...placeProblems(page, slug, data.section, home),
    ...sectionProblems(page),
    ...componentProblems(page),
    ...formulaProblems(page, keys),
    ...rowProblems(page, data.symbols),
    ...symbolProblems(
      page,
      keys,
      cells.map((cell) => cell.text),
    ),
    ...cellProblems(
      page,
      cells.map((cell) => cell.name),
    ),
    ...linkProblems(page, targets, addresses(page, recording)),
    ...imageProblems(page, exists),
    ...relatedProblems(page, related, targets),
    ...runProblems(subject, data),
  ];
}

/** What a run would stumble over, and what the recorded one does not have. A cell that does not parse cannot be recorded anew. */
function runProblems({ slug, page, cells, recording, hash, exists }: Subject, data: PaperData): Problem[] {
  const text = textProblems(page, cells);
  if (text.length > 0) return text;
  const recorded = recordedProblems(slug, recording, hash, exists, data.finding.output);
  if (recorded.length > 0 || !recording) return recorded;
  const settings = settingProblems(page, recording, data.finding.control);
  return settings.length > 0 ? settings : outcomeProblems(slug, page, recording);
}

/** Ids a link may point at: sections, formulas, cells, figures, checks. */
export function addresses(page: PageSource, recording: Recording | null): string[] {
  const formulas = page.formulas.flatMap(({ tex }) => formulaId(tex) ?? []);
  const shown = recording?.shown.map((output) => `figure-${output.id}`) ?? [];
  const checks = recording?.checks.map((check) => check.id) ?? [];
  return [
    ...page.ids,
    ...page.cells,
    ...formulas,
    ...shown,
    ...checks,
    'notebook',
    'symbols',
    'finding',
    'checks',
    'related',
    'take',
    'cite',
    'embed-here',
    'report-a-mistake',
    'main',
  ];
}
