import path from 'node:path';
import * as esbuild from 'esbuild';
import { drawingDom } from '../drawing-dom.ts';
import { keyOfSources, recall, remember } from '../kept.ts';
import { sharedCore } from '../shared-core.ts';

/** Kept readable; everything else of the runtime comes from packages and is made small. */
const own = /^(\.|lab$|@tensorflow\/)/;
const packaged = /plot-library\.ts$/;

/** Notes what comes from packages, and takes it from an object that the bundle of packages leaves. */
function fromLibraries(found: Set<string>): esbuild.Plugin {
  return {
    name: 'from-libraries',
    setup(build) {
      build.onResolve({ filter: /.*/ }, ({ path: specifier, kind, resolveDir }) => {
        const isPackaged = packaged.test(specifier);
        if (kind === 'entry-point' || (own.test(specifier) && !isPackaged)) return undefined;
        const name = isPackaged ? path.relative('.', path.resolve(resolveDir, specifier)) : specifier;
        found.add(name);
        return { path: name, namespace: 'library' };
      });
      build.onLoad({ filter: /.*/, namespace: 'library' }, ({ path: name }) => ({
        contents: `module.exports = libraries[${JSON.stringify(name)}];`,
      }));
    },
  };
}

const common = {
  bundle: true,
  write: false,
  target: 'es2024',
  mainFields: ['module', 'main'],
  format: 'iife',
  charset: 'utf8',
  legalComments: 'none',
  logLevel: 'silent',
} satisfies esbuild.BuildOptions;

const textOf = (made: esbuild.BuildResult) => made.outputFiles![0].text;

/**
 * What runs a downloaded notebook outside of a browser: lab, kernel and drawings, as the body of a function that
 * finds TensorFlow.js on the global object. The site's own code stays readable, packages are made small.
 */
export async function runtimeText(entry: string, small = false): Promise<string> {
  const [name, key] = [entry.replaceAll(/\W/g, '-'), keyOfSources()];
  return recall(name, key) ?? remember(name, key, await made(entry, small));
}

async function made(entry: string, small: boolean): Promise<string> {
  const found = new Set<string>();
  const ours = await esbuild.build({
    ...common,
    entryPoints: [entry],
    globalName: 'workingPapers',
    minify: small,
    alias: { lab: './src/lab/index.ts' },
    plugins: [sharedCore(), fromLibraries(found)],
  });
  const names = [...found].sort();
  const packages = await esbuild.build({
    ...common,
    stdin: { contents: packagesEntry(names), resolveDir: process.cwd(), loader: 'ts' },
    globalName: 'libraries',
    minify: true,
    plugins: [drawingDom],
  });
  return `${textOf(packages).trim()}\n${textOf(ours).trim()}\nreturn workingPapers;`;
}

const packagesEntry = (names: string[]) =>
  [
    ...names.map((name, i) => `import * as p${i} from '${name.startsWith('src/') ? `./${name}` : name}';`),
    `module.exports = { ${names.map((name, i) => `${JSON.stringify(name)}: p${i}`).join(', ')} };`,
  ].join('\n');
