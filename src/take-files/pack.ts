/** What only one page has of the files that are taken along, made at build: `_site/take/<slug>.js` carries it, compressed. */
export interface TakePack {
  slug: string;
  title: string;
  /** What a program is told of itself. */
  about: { recorded: Record<string, number | null>; sums: Record<string, string> };
  colours: Record<string, string>;
  /** The comment that opens the program. */
  opening: string;
  /** Names of the cells in running order. */
  order: string[];
  notebook: NotebookFile;
  /** The page without scripts and styles, with marks where they go. */
  page: string;
  /** Names of the font files that its letters need. */
  fonts: string[];
  /** Data files that its cells read. */
  assets: string[];
  /** Scripts that its single file has room for. */
  extras: string[];
}

/** A cell of a notebook file; `id` of one with code is the name of the page's cell, until the file is written. */
export interface NotebookCell {
  cell_type: 'markdown' | 'code';
  id: string;
  metadata: { working_papers_cell?: string };
  source: string[];
  execution_count?: null;
  outputs?: object[];
}

/** A notebook file of format 4.5. */
export interface NotebookFile {
  cells: NotebookCell[];
  metadata: Record<string, unknown>;
  nbformat: 4;
  nbformat_minor: 5;
}

/** A cell's text as it is to be taken along. */
export interface TakenCell {
  name: string;
  text: string;
  /** The reader's, not the site's. */
  edited?: boolean;
  /** What it exports, where a compiler has read it. */
  exports?: string[];
}

/** What every page's files share: `_site/take/shared.js` carries it, compressed. */
export interface SharedPack {
  styles: string;
  /** Font files as base64, by name. */
  fonts: Record<string, string>;
  /** Scripts that stand in the single file as they are. */
  theme: string;
  boot: string;
}

/** What a single file may hold in bytes. */
export const ROOM = 2.5e6;

/** Scripts that the single file has as far as there is room, the more needed first. */
export const extras = ['figures.js', 'webgpu.js', 'editor.js'];

/** Files of the site that the single file carries, by their names there. */
export const carriedNames = ({ slug, assets, extras }: TakePack): string[] => [
  'notebook.js',
  'draw.js',
  'kernel.js',
  'wasm.js',
  'tfjs-backend-wasm-simd.wasm',
  `papers/${slug}.js`,
  `sources/${slug}.js`,
  ...assets,
  ...extras,
];

/** A cell's function with its name above it. */
export const headed = ({ name, edited }: TakenCell, text: string): string =>
  `// ${name}.ts${edited ? ', as its reader changed it' : ''}\n${text}`;
