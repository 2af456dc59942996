/** A process of its own, because a damage may loop for ever: argv names a paper, stdin is its damaged mechanism; prints "alive" if every check holds. */
import { readFileSync } from 'node:fs';
import { readNotebook } from '../../src/build/cells.ts';
import { compileCell } from '../../src/compile-cell.ts';
import { createNodeKernel } from '../../src/kernel/node.ts';

const notebook = readNotebook(process.argv[2]);
const damaged = compileCell('mechanism', readFileSync(0, 'utf8'));
const kernel = createNodeKernel('wasm');
kernel.load({
  ...notebook,
  cells: notebook.cells.map((cell) => (cell.name === 'mechanism' ? damaged : cell)),
});
await kernel.verdict;
const { errors, checks } = await kernel.run();
console.log(errors.length === 0 && checks.every(({ holds }) => holds) ? 'alive' : 'dead');
process.exit();
