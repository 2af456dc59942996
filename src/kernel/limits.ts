import { LabError } from '../lab/host.ts';

/** More than any notebook of the library comes near, and as much as a page can draw and a reader can look at. */
const most = {
  outputs: 200,
  checks: 200,
  controls: 100,
  values: 200_000,
  letters: 10_000,
  /** Base64 of pictures. */
  pixels: 8_000_000,
};

/** @throws when a cell has more of these than a page bears. */
export function mustBeFew(kind: 'outputs' | 'checks' | 'controls', there: number): void {
  if (there < most[kind]) return;
  throw new LabError(
    `this cell has more than ${most[kind]} ${kind}`,
    kind === 'outputs'
      ? 'Show under one name what is of one kind: showing again replaces it.'
      : 'Leave some out, or make another cell.',
  );
}

/** @throws when what is shown, said or asked for is too large to be drawn. */
export function mustBeBearable(what: string, value: unknown): void {
  const { values } = weigh(what, value, { values: 0, depth: 0 });
  if (values > most.values) throw tooMany(what);
}

interface Weight {
  values: number;
  depth: number;
}

const tooMany = (what: string) =>
  new LabError(
    `${what} has more than ${most.values.toLocaleString('en')} values, which no page can draw`,
    'Show fewer: every tenth, or an average.',
  );

function weigh(what: string, value: unknown, weight: Weight, key = ''): Weight {
  weight.values += 1;
  if (weight.values > most.values || weight.depth > 30) throw tooMany(what);
  if (typeof value === 'string') mustBeShort(what, value, key);
  if (typeof value !== 'object' || value === null) return weight;
  if (ArrayBuffer.isView(value)) {
    weight.values += value.byteLength;
    return weight;
  }
  weight.depth += 1;
  for (const [name, part] of Object.entries(value)) weigh(what, part, weight, name);
  weight.depth -= 1;
  return weight;
}

function mustBeShort(what: string, text: string, key: string): void {
  const limit = key === 'pixels' ? most.pixels : most.letters;
  if (text.length <= limit) return;
  throw new LabError(
    `${what} has a text of ${text.length.toLocaleString('en')} letters, more than the ${limit.toLocaleString('en')} that a page can set`,
    'Show less of it, or smaller pictures.',
  );
}
