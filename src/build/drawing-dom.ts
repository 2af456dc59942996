import path from 'node:path';
import type { Plugin } from 'esbuild';

const linkedom = path.resolve('node_modules/linkedom/esm/html/document.js');

/** linkedom draws; what it has for reading HTML and stylesheets stays out. */
export const drawingDom: Plugin = {
  name: 'drawing-dom',
  setup(build) {
    build.onResolve({ filter: /^linkedom\/document$/ }, () => ({ path: linkedom }));
    build.onResolve({ filter: /^(htmlparser2|cssomnom.*|canvas)$/ }, ({ path }) => ({
      path,
      namespace: 'left-out',
    }));
    build.onLoad({ filter: /.*/, namespace: 'left-out' }, () => ({
      contents: 'module.exports = { parse() { throw new Error("left out"); } };',
    }));
  },
};
