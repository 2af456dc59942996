import { readFile } from 'node:fs/promises';
import { createLab } from '../lab/index.ts';
import { randomStream } from '../lab/random.ts';

/** The lab of a cell without a page, for the scripts that train shipped weights: files from `public/`, nothing shown. */
export const trainingLab = (seed: number) =>
  createLab({
    cell: 'train',
    random: randomStream(seed, 'train'),
    control: ({ value }) => value,
    show() {},
    check() {},
    progress() {},
    breathe: async () => {},
    goOn() {},
    asset: async (name) => new Uint8Array(await readFile(`public/${name}`)).buffer,
  });
