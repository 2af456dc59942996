import { cellNameOf } from '../cell-order.ts';
import { LabError } from '../lab/host.ts';
import type { Bench, CellRun } from './bench.ts';

/** What `import` means in a cell: lab, tfjs, or another cell's exports. */
export function requirer(bench: Bench, state: CellRun, lab: object, tfjs: object) {
  for (const part of Object.values(lab)) if (typeof part === 'object') Object.freeze(part);
  const known: Record<string, object> = { lab: namesOf('lab', lab), '@tensorflow/tfjs': tfjs };
  return (specifier: string): unknown => {
    if (known[specifier]) return known[specifier];
    const name = cellNameOf(specifier, state.cell.name);
    const found = bench.cells.find((cell) => cell.cell.name === name);
    if (found) return namesOf(specifier, found.exports);
    throw new LabError(
      `cannot import '${specifier}'`,
      "A cell imports 'lab', '@tensorflow/tfjs' and the cells beside it.",
    );
  };
}

/** The exports of a module, with a sentence instead of `undefined` for a name it does not have. */
const namesOf = (module: string, exports: object): object =>
  new Proxy(exports, {
    get(target, name) {
      if (name === '__esModule') return true;
      if (typeof name === 'symbol' || name in target) return Reflect.get(target, name);
      throw new LabError(`'${module}' has no '${name}'`, `It has ${Object.keys(target).join(', ')}.`);
    },
    set: (_, name) => mustNotChange(module, name),
    defineProperty: (_, name) => mustNotChange(module, name),
    deleteProperty: (_, name) => mustNotChange(module, name),
    setPrototypeOf: () => mustNotChange(module, 'prototype'),
    preventExtensions: () => mustNotChange(module, 'extension'),
  });

function mustNotChange(module: string, name: PropertyKey): never {
  throw new LabError(
    `'${module}' gives '${String(name)}' to be used, not to be changed`,
    'Make a name of your own for what differs.',
  );
}
