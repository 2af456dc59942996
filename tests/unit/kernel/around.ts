import vm from 'node:vm';
import type { Around, CellFunction } from '../../../src/kernel/around.ts';
import { nodeLoaders } from '../../../src/kernel/loaders-node.ts';

/** What a session needs of Node, for tests that hold both its ends. */
export const aroundOf = (post: Around['post']): Around => ({
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
