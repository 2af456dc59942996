import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { npmPackage } from './packages.ts';
import { type Recipe, textOf } from './recipe.ts';

interface Source {
  nodes: { name: string; group: number }[];
  links: { source: number; target: number; value: number }[];
}

export const miserables: Recipe = {
  name: 'miserables',
  title: 'Les Misérables, who meets whom',
  origin:
    'npm `vega-datasets` 3.2.1, `miserables.json`, after D. E. Knuth, The Stanford GraphBase (1993); the groups are those of M. Newman and M. Girvan by way of Mike Bostock',
  licence: 'facts, without copyright; the package is BSD-3-Clause',
  contents:
    '77 characters with their names, 254 pairs who appear in a chapter together, weight the number of such chapters, group as in the source.',
  files: ['miserables'],
  async make() {
    const path = join(npmPackage('vega-datasets@3.2.1'), 'data/miserables.json');
    const { nodes, links }: Source = JSON.parse(readFileSync(path, 'utf8'));
    const edges = links.map(({ source, target }) => [Math.min(source, target), Math.max(source, target)]);
    return {
      miserables: {
        metadata: {},
        tensors: {
          names: textOf(nodes.map((node) => node.name)),
          edges: { shape: [edges.length, 2], data: Uint8Array.from(edges.flat()) },
          weights: { shape: [edges.length], data: Uint8Array.from(links.map((link) => link.value)) },
          groups: { shape: [nodes.length], data: Uint8Array.from(nodes.map((node) => node.group)) },
        },
      },
    };
  },
};
