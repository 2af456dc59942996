import type { Settings } from '../../src/protocol.ts';

/**
 * Notebooks that are compared under other settings than their defaults, or but for some outputs; each with its reason.
 * `settings`: a smaller run, because a software GPU takes a fifth of a second for a training step.
 * `smaller`: words of the cells and what stands in their place, for sizes that no control sets.
 * `skip`: ids of outputs and checks that follow a chaotic path or count ties.
 */
export const exceptions: Record<
  string,
  { settings?: Settings; smaller?: Record<string, string>; skip?: string[]; because: string }
> = {
  hopfield: {
    skip: ['energy'],
    because: 'after some ten updates the change of the energy that is drawn is rounding alone, 4e-6',
  },
  hypernetworks: {
    skip: ['noise'],
    because:
      'one of 200 drawn points lies where a thin line crosses zero, and differs by 5e-5 of the height of 1',
  },
  's-kan': {
    skip: ['spaces'],
    because: 'the zeros of the drawn sines are rounding alone, 3e-7',
  },
  evonorm: {
    skip: ['shape'],
    because: 'one of 1,280 drawn points lies on the kink of BN-ReLU, and its height is rounding alone, 8e-6',
  },
  mgno: {
    smaller: { '[3, 4, 5, 6, 7, 8]': '[3, 4, 8]' },
    skip: ['smoothing', 'departure-of-the-cycle-from-linearity'],
    because:
      'half of the grids; a share of 4e-4 left by a difference of nearly equal numbers, and a departure that is rounding alone (2e-7)',
  },
  'mpnn-graph-transformer': {
    smaller: {
      '[1, 2, 4, 8, 16, 32, 64, 128, 256]': '[1, 4, 16, 256]',
      '4, 8, 16, 32, 64, 128, 256, 512, 1024': '4, 64, 1024',
    },
    skip: ['distance-of-message-passing-from-all-pairs', 'error-of-24-rounds-at-c-256'],
    because: 'fewer points of two curves; two checks are rounding alone, 1e-6 and 2e-7',
  },
  noprop: {
    settings: { numBlocks: 4 },
    because: 'a gradient through ten blocks, for each of ten losses, takes half a minute',
  },
  'icl-linear-models': {
    smaller: {
      '[256, 8, 3]': '[32, 8, 3]',
      'Array(256)': 'Array(32)',
      '17 * 256': '17 * 32',
      '[17, 256, 8]': '[17, 32, 8]',
      '[32, 7, 3]': '[4, 7, 3]',
      '[32, 16': '[4, 16',
      '[512, ': '[64, ',
    },
    skip: ['distance-of-the-updates-from-ridge'],
    because:
      'an eighth of the prompts; the check is rounding alone, 2e-6 on one backend and 4e-6 on the other',
  },
  'quantization-survey': {
    smaller: {
      '[10_000]': '[2_000]',
      '[100_000]': '[8_000]',
      '[1000]': '[100]',
      '[216, 1000, 10]': '[216, 100, 10]',
    },
    because: 'a tenth of the numbers that are clipped, and of the digits that 216 networks read',
  },
  'deep-interest-network': {
    smaller: {
      'draw(1_000)': 'draw(200)',
      'categories, 1000]': 'categories, 200]',
      '[1000, -1': '[200, -1',
      'train, 128)': 'train, 32)',
    },
    because: 'a fifth of the impressions scored, a quarter of each batch',
  },
  'layer-normalization': {
    smaller: { 'test: 1000': 'test: 200' },
    because: 'a fifth of the test digits',
  },
  'linear-interpreters': {
    smaller: {
      'const n = 40;': 'const n = 8;',
      'const n = 200;': 'const n = 20;',
      'train: 3000': 'train: 300',
    },
    because: 'a fifth and a tenth of the digits',
  },
  slab: {
    smaller: { 'test: 1000': 'test: 200' },
    because: 'a fifth of the test digits',
  },
  know2vec: {
    settings: { probes: 50 },
    smaller: {
      'wanted, 40, of)': 'wanted, 8, of)',
      'M, 160, ': 'M, 32, ',
      'M * 160': 'M * 32',
      'i / 160': 'i / 32',
      'i / 40': 'i / 8',
      '? 60 : 30': '? 30 : 30',
    },
    because: 'a fifth of the images that models are fitted to, half of the models, an eighth of the probes',
  },
  'neural-ranking': {
    smaller: { '[80, 100]': '[24, 30]', 'batch = 40': 'batch = 12' },
    because: 'three tenths of the queries and of a batch',
  },
  sortednet: {
    smaller: { '[8, 16, 24, 32, 40, 48, 56, 64]': '[16, 64]', 'sizes.length, 32]': 'sizes.length, 8]' },
    because: 'a quarter of the sub-models whose gradients are added up, on a quarter of the digits',
  },
  'wide-deep-llm-evaluators': {
    smaller: { 'N = 12000': 'N = 1200' },
    because: 'a tenth of the pairs that are judged',
  },
  'talking-heads': {
    smaller: { 'pointer(200,': 'pointer(40,' },
    because: 'a fifth of the lists',
  },
};
