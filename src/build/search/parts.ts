import { type Core, pack, type Shapes, shapePart, steps, type Terms } from '../../search/format.ts';
import type { MathNode } from '../../search/math-node.ts';
import { functions } from '../../search/math-signs.ts';
import { readMath } from '../../search/read-math.ts';
import type { Entry } from './entry.ts';
import { synonymsOf } from './synonyms.ts';

/** The whole index, in the parts that a page fetches one by one. */
export interface Index {
  core: Core;
  terms: Terms[];
  shapes: Shapes[];
}

/** About how many bytes a part may have before it is packed, and how many places of a term or piece are kept. */
const partSize = 5_000;
const mostPlaces = 400;

export function indexOf(entries: Entry[]): Index {
  const terms = inParts(termsOfAll(entries));
  const shapes = shapesOf(entries);
  const sectionNames = [...new Set(entries.flatMap(({ section }) => section ?? []))];
  const core: Core = {
    years: entries.map(({ record }) => record.year ?? 0),
    sections: entries.map(({ section }) => sectionNames.indexOf(section ?? '')),
    sectionNames,
    formulas: entries.map(({ formulas }) => formulas.length),
    firsts: terms.map(([[first]]) => first),
    shapes: shapes.length,
    names: namesOf(entries),
    synonyms: synonymsOf(entries),
  };
  return { core, terms: terms.map((part) => Object.fromEntries(part)), shapes };
}

function termsOfAll(entries: Entry[]): [string, number[]][] {
  const all = new Map<string, { packed: number; weight: number }[]>();
  entries.forEach(({ terms }, page) => {
    for (const [term, { part, weight }] of terms) {
      if (!all.has(term)) all.set(term, []);
      all.get(term)!.push({ packed: pack(page, part, weight), weight });
    }
  });
  return [...all].sort(([a], [b]) => (a < b ? -1 : 1)).map(([term, places]) => [term, best(places)]);
}

/** Of a term that stands everywhere, the places where it says most. */
function best(places: { packed: number; weight: number }[]): number[] {
  const kept =
    places.length > mostPlaces ? places.sort((a, b) => b.weight - a.weight).slice(0, mostPlaces) : places;
  return steps(kept.map(({ packed }) => packed).sort((a, b) => a - b));
}

/** Parts of about one size, in order; a term is its own text and its places. */
function inParts(terms: [string, number[]][]): [string, number[]][][] {
  const parts: [string, number[]][][] = [[]];
  let size = 0;
  for (const [term, places] of terms) {
    const cost = term.length + JSON.stringify(places).length + 4;
    if (size > 0 && size + cost > partSize) {
      parts.push([]);
      size = 0;
    }
    parts.at(-1)!.push([term, places]);
    size += cost;
  }
  return parts;
}

function shapesOf(entries: Entry[]): Shapes[] {
  const all = new Map<string, number[]>();
  entries
    .flatMap(({ grams }) => grams)
    .forEach((grams, formula) => {
      for (const gram of grams) {
        if (!all.has(gram)) all.set(gram, []);
        all.get(gram)!.push(formula);
      }
    });
  const size = [...all].reduce((sum, [gram, places]) => sum + gram.length + 3 * places.length + 5, 0);
  const parts: Shapes[] = Array.from({ length: Math.max(1, Math.ceil(size / partSize / 3)) }, () => ({}));
  for (const [gram, places] of all)
    parts[shapePart(gram, parts.length)][gram] = steps(places.slice(0, mostPlaces));
  return parts;
}

/** Names of functions that formulas hold and a reader may type. */
function namesOf(entries: Entry[]): string[] {
  const found = new Set<string>();
  const visit = (node: MathNode): void => {
    if (node.kind === 'name' && /^[A-Za-z]{2,}$/.test(node.text) && !functions.has(node.text))
      found.add(node.text);
    for (const value of Object.values(node)) {
      if (Array.isArray(value)) value.forEach(visit);
      else if (value && typeof value === 'object') visit(value as MathNode);
    }
  };
  for (const { formulas } of entries) for (const [, , tex] of formulas) readMath(tex).forEach(visit);
  return [...found].sort();
}
