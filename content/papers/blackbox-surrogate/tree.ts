/** A node of a tree. A leaf has no feature. */
export interface Node {
  value: number;
  count: number;
  feature?: number;
  threshold?: number;
  below?: Node;
  above?: Node;
}
type Column = ArrayLike<number>;

/** A leaf while it looks for its split: what the scan has passed. */
class Leaf {
  node: Node = { value: 0, count: 0 };
  sum = 0;
  passed = { count: 0, sum: 0, last: 0 };
  best = { gain: 0, feature: -1, threshold: 0 };

  add(target: number) {
    this.node.count++;
    this.sum += target;
    this.node.value = this.sum / this.node.count;
  }

  /** Formula (7): Σ s²/n of both sides is largest where the squared
   *  error, and for labels the Gini impurity, is least. */
  pass(
    target: number,
    value: number,
    feature: number,
    least: number,
  ) {
    const { count, sum, last } = this.passed;
    const rest = this.node.count - count;
    if (count >= least && rest >= least && value > last) {
      const gain = sum ** 2 / count + (this.sum - sum) ** 2 / rest;
      if (gain > this.best.gain)
        this.best = {
          gain,
          feature,
          threshold: (last + value) / 2,
        };
    }
    this.passed.count++;
    this.passed.sum += target;
    this.passed.last = value;
  }
}

/** Formula (4): a tree of at most this depth over columns [k][n] for
 *  targets [n] in 0 to 1; `least` rows in a leaf. All leaves of a
 *  level are split at once, in one pass over each sorted column. */
export function growTree(
  columns: Column[],
  targets: Column,
  { depth = 6, least = 10 } = {},
): Node {
  const rows = Array.from({ length: targets.length }, (_, i) => i);
  const orders = columns.map((column) =>
    rows.toSorted((a, b) => column[a] - column[b]),
  );
  const root = new Leaf();
  const at = rows.map(() => root);
  for (const row of rows) root.add(targets[row]);
  for (let level = 0; level < depth; level++) {
    const leaves = new Set(at);
    for (const leaf of leaves)
      leaf.best.gain = leaf.sum ** 2 / leaf.node.count + 1e-9;
    for (const [feature, column] of columns.entries()) {
      for (const leaf of leaves)
        leaf.passed = { count: 0, sum: 0, last: 0 };
      for (const row of orders[feature])
        at[row].pass(targets[row], column[row], feature, least);
    }
    split(at, columns, targets);
  }
  return root.node;
}

/** Gives each leaf that found a split its two sides. */
function split(at: Leaf[], columns: Column[], targets: Column) {
  const sides = new Map<Leaf, [Leaf, Leaf]>();
  for (const [row, leaf] of at.entries()) {
    const { feature, threshold } = leaf.best;
    if (feature < 0) continue;
    if (!sides.has(leaf)) {
      const both: [Leaf, Leaf] = [new Leaf(), new Leaf()];
      const [below, above] = both.map(({ node }) => node);
      sides.set(leaf, both);
      Object.assign(leaf.node, {
        feature,
        threshold,
        below,
        above,
      });
    }
    const [below, above] = sides.get(leaf)!;
    at[row] = columns[feature][row] < threshold ? below : above;
    at[row].add(targets[row]);
  }
}

/** The leaf in which a row ends, with the nodes on its way. */
export function pathOf(tree: Node, row: Column): Node[] {
  if (tree.feature === undefined) return [tree];
  const low = row[tree.feature] < tree.threshold!;
  return [tree, ...pathOf(low ? tree.below! : tree.above!, row)];
}

export const answerOf = (tree: Node, row: Column) =>
  pathOf(tree, row).at(-1)!.value;

/** Every leaf with its box: for each feature its lower and upper end. */
export function boxes(
  tree: Node,
  k: number,
  box: [number, number][] = Array.from({ length: k }, () => [
    -Infinity,
    Infinity,
  ]),
): { value: number; box: [number, number][] }[] {
  const { feature, threshold } = tree;
  if (feature === undefined) return [{ value: tree.value, box }];
  const [low, high] = box[feature];
  return [
    ...boxes(tree.below!, k, box.with(feature, [low, threshold!])),
    ...boxes(tree.above!, k, box.with(feature, [threshold!, high])),
  ];
}
