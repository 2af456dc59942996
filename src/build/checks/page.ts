import type { PaperData } from '../../content.config.ts';
import type { Recording } from '../../protocol.ts';
import type { PageSource } from '../page-source.ts';
import type { Problem } from '../problem.ts';
import { cellProblems } from './cells.ts';
import { formulaProblems } from './formulas.ts';
import { frontmatterProblems } from './frontmatter.ts';
import { linkProblems, placeProblems, relatedProblems, type Targets } from './links.ts';
import { recordedProblems } from './recorded.ts';
import { sectionProblems } from './sections.ts';
import { symbolProblems } from './symbols.ts';

/** All that is known of a page when it is checked. */
export interface Subject {
  slug: string;
  page: PageSource;
  /** Cells of the folder: name and text. */
  cells: { name: string; text: string }[];
  recording: Recording | null;
  /** Hash of the sources present. */
  hash: () => string;
  /** The section that lists the slug, if any. */
  home: string | undefined;
  targets: Targets;
}

/** Everything that is wrong with a page. With wrong frontmatter the rest would only repeat it. */
export function pageProblems({ slug, page, cells, recording, hash, home, targets }: Subject): Problem[] {
  const wrong = frontmatterProblems(page);
  if (wrong.length > 0) return wrong;
  const data = page.frontmatter as PaperData;
  const keys = data.symbols.map((symbol) => symbol.key);
  const files = cells.map((cell) => cell.name);
  return [
    ...placeProblems(page, slug, data.section, home),
    ...sectionProblems(page),
    ...formulaProblems(page, keys),
    ...symbolProblems(
      page,
      keys,
      cells.map((cell) => cell.text),
    ),
    ...cellProblems(page, files),
    ...linkProblems(page, targets, addresses(page, recording)),
    ...relatedProblems(
      page,
      (data.related ?? []).map((related) => related.slug),
      targets,
    ),
    ...recordedProblems(slug, recording, hash, data.finding.output),
  ];
}

/** Ids a link may point at: sections, formulas, cells, figures, checks. */
function addresses(page: PageSource, recording: Recording | null): string[] {
  const tags = page.formulas.flatMap((formula) =>
    [...formula.tex.matchAll(/\\tag\{([^{}]*)\}/g)].map((match) => `formula-${match[1]}`),
  );
  const shown = recording?.shown.map((output) => `figure-${output.id}`) ?? [];
  const checks = recording?.checks.map((check) => check.id) ?? [];
  return [
    ...page.ids,
    ...page.cells,
    ...tags,
    ...shown,
    ...checks,
    'notebook',
    'symbols',
    'finding',
    'checks',
    'related',
    'cite',
    'main',
  ];
}
