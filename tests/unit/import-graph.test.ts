import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';

/** Who may import whom: worlds by folder or file. `tf` is TensorFlow.js, `plot` Observable Plot. */
const may: Record<string, string[]> = {
  cells: ['lab', 'tf', 'cells'],
  lab: ['lab', 'protocol', 'mark-names', 'tf'],
  kernel: ['kernel', 'lab', 'protocol', 'compile-cell', 'cell-order', 'tf'],
  render: ['render', 'protocol', 'mark-names', 'plot'],
  editor: ['editor', 'compile-cell', 'protocol', 'ui'],
  ui: ['ui', 'draw', 'render', 'protocol', 'device-probe', 'offline', 'search', 'take-files'],
  draw: ['draw', 'render', 'protocol'],
  offline: [],
  search: [],
  take: ['take', 'draw', 'kernel', 'lab', 'render', 'protocol', 'tf'],
  build: [
    'build',
    'render',
    'protocol',
    'compile-cell',
    'cell-order',
    'content',
    'offline',
    'search',
    'take-files',
  ],
  pages: ['pages', 'build', 'render', 'protocol', 'content', 'css'],
  'compile-cell': ['protocol', 'split-exports'],
  'split-exports': [],
  'cell-order': ['protocol'],
  protocol: [],
  'mark-names': [],
  'device-probe': [],
  'take-files': [],
};

/** Packages that a world may use beside those named above; what is not listed is not watched. */
const watched: Record<string, string> = { '@tensorflow': 'tf', '@observablehq/plot': 'plot', lab: 'lab' };

const filesUnder = (folder: string, ends: string[]): string[] =>
  (readdirSync(folder, { recursive: true }) as string[])
    .filter((file) => ends.some((end) => file.endsWith(end)))
    .map((file) => path.join(folder, file));

function worldOf(file: string): string | undefined {
  if (file.endsWith('.css')) return 'css';
  if (file.startsWith('content/papers')) return 'cells';
  if (file.startsWith('content/') || file.startsWith('src/content')) return 'content';
  if (/^(components|src\/(pages|layouts))\//.test(file)) return 'pages';
  return /^src\/([\w-]+)/.exec(file)?.[1];
}

function targetOf(specifier: string, file: string): string | undefined {
  if (specifier.startsWith('.')) return worldOf(path.join(path.dirname(file), specifier));
  const known = Object.keys(watched).find((name) => specifier === name || specifier.startsWith(`${name}/`));
  return known && watched[known];
}

/** Scripts that an author runs by hand and the kernel's Node side stand outside of the worlds. */
const outside = [/\/train\.ts$/, /^src\/tools\//, /^src\/kernel\/node\.ts$/];

const importsOf = (text: string): string[] =>
  [...text.matchAll(/^\s*(?:import|export)\s[^'";]*?from\s+'([^']+)'|^import '([^']+)'/gm)].map(
    (m) => m[1] ?? m[2],
  );

function strayImports(): string[] {
  const files = [
    ...filesUnder('src', ['.ts', '.astro']),
    ...filesUnder('components', ['.astro']),
    ...filesUnder('content/papers', ['.ts']),
  ];
  return files
    .filter((file) => !outside.some((pattern) => pattern.test(file)))
    .flatMap((file) => {
      const world = worldOf(file)!;
      const allowed = may[world] ?? [];
      return importsOf(readFileSync(file, 'utf8'))
        .filter((specifier) => {
          const target = targetOf(specifier, file);
          return may[world] && target !== undefined && target !== world && !allowed.includes(target);
        })
        .map((specifier) => `${file} (${world}) imports ${specifier}`);
    });
}

test('the import graph is the one the guide draws', () => {
  expect(strayImports()).toEqual([]);
});

test('a cell takes only its siblings and other papers’ mechanisms', () => {
  const stray = filesUnder('content/papers', ['.ts'])
    .filter((file) => !/\/train\.ts$/.test(file))
    .flatMap((file) =>
      importsOf(readFileSync(file, 'utf8'))
        .filter((s) => !/^(lab|@tensorflow\/tfjs|\.\/[\w-]+|\.\.\/[\w-]+\/mechanism)$/.test(s))
        .map((s) => `${file}: ${s}`),
    );
  expect(stray).toEqual([]);
});

test('a mechanism imports TensorFlow.js only', () => {
  const stray = filesUnder('content/papers', ['/mechanism.ts']).filter((file) =>
    importsOf(readFileSync(file, 'utf8')).some((s) => s !== '@tensorflow/tfjs'),
  );
  expect(stray).toEqual([]);
});
