/**
 * esbuild plugins that keep one TensorFlow.js engine among several classic scripts: the script built with
 * `provideCore` carries tfjs-core and puts it on the global object, those built with `sharedCore` read it there.
 */
import type { Plugin } from 'esbuild';

/** Where the providing script leaves tfjs-core for the others. */
export const CORE_GLOBAL = 'workingPapersTensorFlow';

const core = '@tensorflow/tfjs-core';
/** `@tensorflow/tfjs` too: cells call it so, and here it is the same object. */
const coreItself = /^@tensorflow\/tfjs(-core)?$/;
const insideCore = new RegExp(`^${core}/dist/`);

const providing = `
import '${core}/dist/register_all_gradients';
import '${core}/dist/public/chained_ops/register_all_chained_ops';
import * as tf from '${core}/dist/index.js';
export * from '${core}/dist/index.js';
globalThis.${CORE_GLOBAL} = tf;
`;

const sharing = `
const tf = globalThis.${CORE_GLOBAL};
if (!tf) throw new Error('This script computes with the TensorFlow.js of the kernel: load the kernel script first.');
module.exports = tf;
`;

/** For the kernel's script: whole tfjs-core, with chained operations and gradients, kept on the global object. */
export function provideCore(): Plugin {
  return {
    name: 'provide-core',
    setup(build) {
      build.onResolve({ filter: coreItself }, () => ({ path: core, namespace: 'provided-core' }));
      build.onLoad({ filter: /.*/, namespace: 'provided-core' }, () => ({
        contents: providing,
        resolveDir: import.meta.dirname,
      }));
    },
  };
}

/** For a backend's script: tfjs-core is the provider's. A deep import of core would be a second copy: an error. */
export function sharedCore(): Plugin {
  return {
    name: 'shared-core',
    setup(build) {
      build.onResolve({ filter: coreItself }, () => ({ path: core, namespace: 'shared-core' }));
      build.onLoad({ filter: /.*/, namespace: 'shared-core' }, () => ({ contents: sharing }));
      build.onResolve({ filter: insideCore }, ({ path, importer }) => ({
        errors: [
          {
            text: `${importer} imports ${path}: that would be a second copy of tfjs-core. Import '${core}'.`,
          },
        ],
      }));
    },
  };
}

/** For the WASM script: leaves out the threaded binary's loader, which no page can use without special headers. */
export function withoutThreads(): Plugin {
  return {
    name: 'without-threads',
    setup(build) {
      build.onResolve({ filter: /threaded-simd(\.worker)?\.js$/ }, ({ path }) => ({
        path,
        namespace: 'no-threads',
      }));
      build.onLoad({ filter: /.*/, namespace: 'no-threads' }, () => ({
        contents: 'export const wasmWorkerContents = ""; export default undefined;',
      }));
    },
  };
}
