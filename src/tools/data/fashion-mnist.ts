import { join } from 'node:path';
import { type Counts, contentsOf, imageFiles, readIdx } from './images.ts';
import { debianPackage } from './packages.ts';
import type { Recipe } from './recipe.ts';

const counts: Counts = {
  28: { train: 1000, test: 500 },
  14: { train: 2000, test: 1000 },
  8: { train: 2000, test: 1000 },
};

export const fashionMnist: Recipe = {
  name: 'fashion-mnist',
  title: 'Fashion-MNIST, pictures of clothes',
  origin:
    'Debian `dataset-fashion-mnist` 0.0~git20200523.55506a9-1, from Zalando Research (Xiao, Rasul and Vollgraf 2017, arXiv 1708.07747)',
  licence: 'MIT, © 2017 Zalando SE',
  contents: contentsOf(counts),
  files: ['fashion-mnist-28', 'fashion-mnist-14', 'fashion-mnist-8'],
  async make() {
    const data = join(debianPackage('dataset-fashion-mnist'), 'usr/share/datasets/fashion-mnist');
    const read = (part: string) =>
      readIdx(join(data, `${part}-images-idx3-ubyte.gz`), join(data, `${part}-labels-idx1-ubyte.gz`));
    return imageFiles('fashion-mnist', read('train'), read('t10k'), counts);
  },
};
