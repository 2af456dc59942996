/** The sections of the library and the reading order of its papers. */
export interface Section {
  id: string;
  title: string;
  /** Short name for filters. */
  short: string;
  papers: string[];
}

export const sections: Section[] = [
  {
    id: 'dynamics',
    title: 'Learning rules and training dynamics',
    short: 'Learning rules',
    papers: [
      'layer-normalization',
      'noprop',
      'neural-collapse',
      'gradient-noise',
      'guidance',
      'projection-head',
      'convergent-learning',
      'evonorm',
      'information-plane',
      'scaling-mlps',
    ],
  },
  {
    id: 'theory',
    title: 'Theory, memory and representation',
    short: 'Theory and memory',
    papers: [
      'hopfield',
      'icl-linear-models',
      'random-feature-attention',
      'wide-deep-optimal',
      'principles-of-dl-theory',
      'statmech-continual-learning',
      'monotone-dbm',
      'relative-representations',
      'linear-interpreters',
    ],
  },
  {
    id: 'attention',
    title: 'Attention and Transformers',
    short: 'Attention',
    papers: [
      'mpnn-graph-transformer',
      'macaron',
      'talking-heads',
      'wide-attention',
      'slab',
      'activator',
      'fit',
      'depth-efficiency',
      'after-transformers',
      'maxim',
    ],
  },
  {
    id: 'architectures',
    title: 'Architectures, operators and vision',
    short: 'Architectures',
    papers: [
      'mgno',
      'function-space-operators',
      's-kan',
      'simplenet',
      'cnn-svm',
      'diffusion-classifier',
      'prototype-cbr',
      'blackbox-surrogate',
      'image-text-matching',
    ],
  },
  {
    id: 'compression',
    title: 'Compression and architecture search',
    short: 'Compression and search',
    papers: [
      'quantization-survey',
      'sortednet',
      'maestro',
      'n2n-compression',
      'nasnet',
      'auto-gnn',
      'know2vec',
    ],
  },
  {
    id: 'continual',
    title: 'Hypernetworks and continual learning',
    short: 'Continual learning',
    papers: ['hypernetworks', 'dependency-hypernetworks', 'discrete-key-value-bottleneck'],
  },
  {
    id: 'language',
    title: 'Language, retrieval and LLM systems',
    short: 'Language',
    papers: [
      'deep-interest-network',
      'agentic-neural-networks',
      'rumor-rp-dnn',
      'llm-embedding-pooling',
      'neural-ranking',
      'text-vectors',
      '2d-matryoshka',
      'wide-deep-llm-evaluators',
    ],
  },
];

/** Every slug of the library, in reading order, whether its page stands already or not. */
export const slugs: string[] = sections.flatMap((section) => section.papers);
