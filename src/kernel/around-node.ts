import vm from 'node:vm';
import type { Around, CellFunction } from './around.ts';
import { nodeLoaders } from './loaders-node.ts';

/** What a session needs of Node. `post` gets what the session says, while it says it. */
export const aroundNode = (post: Around['post']): Around => ({
  post,
  evaluate: async ({ name, body }) =>
    vm.runInThisContext(`(async function (require, exports) {${body}\n})`, {
      filename: `${name}.ts`,
    }) as CellFunction,
  loaders: nodeLoaders,
  now: () => performance.now(),
  pause: () => new Promise((resolve) => setImmediate(resolve)),
  giveUpPowers() {},
});
