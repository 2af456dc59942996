import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { load } from 'js-yaml';
import { expect, test } from 'vitest';
import { sections } from '../../content/sections.ts';

/** The papers of the library by their numbers at arXiv. */
const library: Record<string, string> = {
  'layer-normalization': '1607.06450',
  noprop: '2503.24322',
  'neural-collapse': '2301.00437',
  'gradient-noise': '1511.06807',
  guidance: '2410.20035',
  'projection-head': '2403.11391',
  'convergent-learning': '1511.07543',
  evonorm: '2004.02967',
  'information-plane': '1703.00810',
  'scaling-mlps': '2306.13575',
  hopfield: '2008.02217',
  'icl-linear-models': '2211.15661',
  'random-feature-attention': '2307.11353',
  'wide-deep-optimal': '2204.14126',
  'principles-of-dl-theory': '2106.10165',
  'statmech-continual-learning': '2212.02846',
  'monotone-dbm': '2307.04990',
  'relative-representations': '2209.15430',
  'linear-interpreters': '1908.05168',
  'mpnn-graph-transformer': '2301.11956',
  macaron: '1906.02762',
  'talking-heads': '2406.09519',
  'wide-attention': '2210.00640',
  slab: '2405.11582',
  activator: '2405.15953',
  fit: '2305.12689',
  'depth-efficiency': '2505.13898',
  'after-transformers': '2408.00386',
  maxim: '2201.02973',
  mgno: '2310.19809',
  'function-space-operators': '2506.10973',
  's-kan': '2408.08338',
  simplenet: '1608.06037',
  'cnn-svm': '1712.03541',
  'diffusion-classifier': '2307.08702',
  'prototype-cbr': '1710.04806',
  'blackbox-surrogate': '2208.13405',
  'image-text-matching': '1601.03478',
  'quantization-survey': '2103.13630',
  sortednet: '2309.00255',
  maestro: '2308.14929',
  'n2n-compression': '1709.06030',
  nasnet: '1707.07012',
  'auto-gnn': '1909.03184',
  know2vec: '2412.16251',
  hypernetworks: '2306.06955',
  'dependency-hypernetworks': '2209.07712',
  'discrete-key-value-bottleneck': '2207.11240',
  'deep-interest-network': '1706.06978',
  'agentic-neural-networks': '2506.09046',
  'rumor-rp-dnn': '2002.12683',
  'llm-embedding-pooling': '2409.02727',
  'neural-ranking': '1903.06902',
  'text-vectors': '1901.01695',
  '2d-matryoshka': '2402.14776',
  'wide-deep-llm-evaluators': '2308.01862',
};

const root = resolve(import.meta.dirname, '../..');
const page = (slug: string) => resolve(root, 'content/papers', slug, 'index.mdx');

test('fifty-six papers are in the sections, each once', () => {
  const listed = sections.flatMap((section) => section.papers);
  expect(Object.keys(library)).toHaveLength(56);
  expect(listed).toEqual(Object.keys(library));
});

test.each(Object.entries(library))('%s stands, recorded and tested, as arXiv %s', (slug, arxiv) => {
  const [, head] = readFileSync(page(slug), 'utf8').split('---');
  expect(load(head)).toMatchObject({ arxiv });
  for (const file of [`content/papers/${slug}/recorded.json`, `tests/papers/${slug}.test.ts`])
    expect(existsSync(resolve(root, file)), file).toBe(true);
});
