import * as tf from '@tensorflow/tfjs';
import { nn, random, select, toggle, variant } from 'lab';
import { addingUnit, gatingUnit, glu } from './mechanism';

type T = tf.Tensor;
type Weights = Record<string, T>;

const unit = variant(
  'branches',
  {
    multiplied: gatingUnit,
    added: addingUnit,
    'multiplied without LN': glu,
  },
  { label: 'the branches are' },
);
const phi = variant(
  'phi',
  {
    GELU: nn.gelu,
    SiLU: (z: T) => z.mul(z.sigmoid()),
    ReLU: (z: T) => z.relu(),
    nothing: (z: T) => z.clone(),
  },
  { label: 'φ' },
);
const block = select('block', {
  label: 'the block is',
  options: ['gate', 'gate, then MLP', 'attention, then gate'],
});
const positions = toggle('positions', {
  label: 'patches know their place',
  value: true,
});

export const [d, h, heads] = [32, 64, 4];
const matrix = (...shape: number[]) =>
  random.normal(shape, 0, 1 / Math.sqrt(shape.at(-2)!));
const place = { place: random.normal([3, 1, 16, d], 0, 0.3) };
const vit = nn.blockWeights(d, h);
const { q, k, v, o, up, down } = nn.blockWeights(d, h);
const further: Record<typeof block, Weights> = {
  gate: {},
  'gate, then MLP': { up, down },
  'attention, then gate': { q, k, v, o },
};
const named = (prefix: string, weights: Weights) =>
  Object.fromEntries(
    Object.entries(weights).map(([key, w]) => [prefix + key, w]),
  );
export const initial: Weights = {
  embed: matrix(3, 16, d),
  ...(positions ? place : {}),
  head: matrix(3, d, 10),
  // Of the plain MLP, of the ViT block, of the block under test.
  mlpUp: matrix(d, 96),
  mlpDown: matrix(96, d),
  ...named('vit ', vit),
  wGate: matrix(d, h),
  wValue: matrix(d, h),
  wOut: matrix(h, d),
  ...named('own ', further[block]),
};

const mlp = (up: T, down: T) => (x: T) =>
  nn.feedForward(x, { up, down });
const attention = (w: Weights, of: string) => (x: T) => {
  const [q, k, v, o] = [...'qkvo'].map((key) => w[of + key]);
  return nn.multiHead(x, { q, k, v, o }, { heads });
};
const gate = (w: Weights) => (x: T) => {
  const { wGate, wValue, wOut } = w;
  const rows = x.reshape([-1, d]);
  const maps = { wGate, wValue, wOut };
  return unit(rows, maps, phi, nn.layerNorm).reshape(x.shape);
};
type Block = (x: T, w: Weights) => T;
const plainBlock: Block = (x, w) =>
  nn.block(x, { mix: mlp(w.mlpUp, w.mlpDown) });
const vitBlock: Block = (x, w) =>
  nn.block(x, {
    mix: attention(w, 'vit '),
    feed: mlp(w['vit up'], w['vit down']),
  });
const activator: Record<typeof block, Block> = {
  gate: (x, w) => nn.block(x, { mix: gate(w) }),
  'gate, then MLP': (x, w) =>
    nn.block(x, {
      mix: gate(w),
      feed: mlp(w['own up'], w['own down']),
    }),
  'attention, then gate': (x, w) =>
    nn.block(x, { mix: attention(w, 'own '), feed: gate(w) }),
};
export const blocks = [plainBlock, vitBlock, activator[block]];
export const [plain, ViT, ours] = [0, 1, 2];

const embed = (x: T, w: T, place?: T) => {
  const tokens = nn.dense(x, w);
  return place ? tokens.add(place) : tokens;
};
/** z of one network k, patch by patch: [B, 16, 16] → [B, 16, d]. */
export const outputs = (k: number, x: T, w: Weights) =>
  blocks[k](embed(x, w.embed.gather(k), w.place?.gather(k)), w);

/** The scores of all three, (5): [B, 16, 16] → [3, B, 10]. */
export function logits(x: T, w: Weights) {
  const tokens = embed(tf.stack([x, x, x]), w.embed, w.place);
  const z = tokens.unstack().map((own, k) => blocks[k](own, w));
  return nn.dense(tf.stack(z).mean(2), w.head);
}
