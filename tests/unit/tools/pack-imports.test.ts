import { expect, test } from 'vitest';
import { importsFault, packImports } from '../../../src/tools/pack-imports.ts';

const cell = (imports: string) => `import * as tf from '@tensorflow/tfjs';\n${imports}\nconst x = 1;\n`;
const spread = `import {
  check,
  images,
  linalg,
  random,
  select,
  show,
  slider,
  toNumber,
} from 'lab';
`;
const packed = `import { check, images, linalg, random, select, show } from 'lab';
import { slider, toNumber } from 'lab';
`;

test('names stand in as few lines as hold them', () => {
  expect(packImports(cell(spread))).toBe(cell(packed));
  expect(packImports(cell(packed))).toBe(cell(packed));
});

test('lines of one place are filled, those of another are left', () => {
  const three = `import { check, images } from 'lab';\nimport { show } from 'lab';\nimport { a } from './a';\n`;
  const two = `import { check, images, show } from 'lab';\nimport { a } from './a';\n`;
  expect(packImports(cell(three))).toBe(cell(two));
});

test('what cannot be shorter stays as it is', () => {
  const even = `import { check, images, linalg, random } from 'lab';
import { select, show, slider, toNumber } from 'lab';
`;
  expect(packImports(cell(even))).toBe(cell(even));
  const name = 'aNameThatIsTooLongForALineOfItsOwnInACellOfThisWidth';
  const alone = `import {\n  ${name},\n} from './mechanism';\n`;
  expect(packImports(cell(alone))).toBe(cell(alone));
});

test('a fault names the file and the command that mends it', () => {
  const file = 'content/papers/mgno/task.ts';
  expect(importsFault(file, cell(packed))).toBeUndefined();
  expect(importsFault(file, cell(spread))).toBe(
    'content/papers/mgno/task.ts: found imports that take more lines than they need, expected them packed; run npm run format',
  );
});
