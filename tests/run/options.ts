import type { Options } from './layer.ts';

/** In the order in which they run. */
export const layerNames = ['check', 'unit', 'papers', 'notebooks', 'build', 'site', 'parity', 'visual'];
export const browserLayers = ['site', 'parity', 'visual'];
/** Layers that look at the built site. */
const onBuilt = ['site', 'visual'];
/** What a single paper passes through. */
const paperLayers = ['check', 'papers', 'notebooks', 'build', 'site', 'parity'];
const flags = ['--all', '--no-build'];

function mustKnow(words: string[], papers: string[]): void {
  const unknown = words.filter((word) => ![...layerNames, ...papers, ...flags].includes(word));
  if (!unknown.length) return;
  throw new Error(
    `npm test: ${unknown.join(', ')} is no layer, paper or flag; mend the word, or make the paper first with npm run new.\n  layers: ${layerNames.join(' ')}\n  papers: ${papers.join(' ')}\n  flags: ${flags.join(' ')}`,
  );
}

/** Two lanes that need nothing of each other: a paper's layers go side by side, the whole library's one by one. */
const lanes = [
  ['check', 'papers', 'notebooks', 'parity'],
  ['build', 'site'],
];

/** The layers asked for, in the lanes in which they run. */
export const lanesOf = ({ layers, author }: Options): string[][] =>
  author ? lanes.map((lane) => lane.filter((layer) => layers.includes(layer))) : [layers];

/** Does a layer have what it looks at? */
export const canLook = (layer: string, built: boolean): boolean => built || !onBuilt.includes(layer);

/** Pages that the tests of the site open, whichever paper they are asked to look at. */
const opened = ['hopfield', 'mpnn-graph-transformer'];

/** Where a run builds the site and looks for it, as the variables of build and tests. */
export interface Workshop {
  build: Record<string, string>;
  look: Record<string, string>;
}

/** For a few papers a site of these few, in a folder of its own: `dist/` stays as it is. */
export function workshopOf({ slugs, build, author }: Options): Workshop {
  if (slugs.length === 0 || !build) return { build: {}, look: {} };
  const folder = `.cache/test/${slugs.join('+')}`;
  const only = [...new Set([...slugs, ...(author ? [] : opened)])].join(',');
  return { build: { ONLY: only, WORKSHOP: folder }, look: { DIST: `${folder}/dist` } };
}

/**
 * Words after `npm test --`: layers, papers and flags in any order. Papers alone run the layers that a paper
 * passes through; browser layers bring the build. @throws on a word that is none of these.
 */
export function readOptions(words: string[], papers: string[]): Options {
  mustKnow(words, papers);
  const slugs = words.filter((word) => papers.includes(word));
  const named = words.filter((word) => layerNames.includes(word));
  const build = !words.includes('--no-build');
  const asked = new Set(named.length ? named : slugs.length ? paperLayers : layerNames);
  if (build && onBuilt.some((layer) => asked.has(layer))) asked.add('build');
  if (!build) asked.delete('build');
  return {
    layers: layerNames.filter((layer) => asked.has(layer)),
    slugs,
    all: words.includes('--all'),
    build,
    author: slugs.length > 0 && named.length === 0,
  };
}
