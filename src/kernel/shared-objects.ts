/**
 * Cells, lab and kernel share the objects of JavaScript: a cell that puts another `Array.prototype.map` in place
 * reaches into all of them. What the objects were like is remembered before the first cell runs, and put back when a
 * cell has changed it. A comparison, not a lock: frozen, they would make every cell slower.
 */

// Taken before any cell runs. What follows uses nothing that a cell could have changed: no method of an array.
const { getOwnPropertyDescriptor: describe, getPrototypeOf, is } = Object;
const { defineProperty, deleteProperty, ownKeys, setPrototypeOf } = Reflect;
const text = String;

interface Remembered {
  name: string;
  object: object;
  prototype: object | null;
  keys: PropertyKey[];
  /** Undefined where it had none of its own. */
  descriptors: (PropertyDescriptor | undefined)[];
  /** Whether it may get further properties, as the global object does. */
  open: boolean;
}

const isObject = (value: unknown): value is object =>
  (typeof value === 'object' && value !== null) || typeof value === 'function';
/** A class, or an object: what others hang on. A plain function has only its name and length. */
const carries = (value: unknown): value is object =>
  isObject(value) && (typeof value !== 'function' || Object.hasOwn(value, 'prototype'));

function remember(name: string, object: object, keys = ownKeys(object), open = false): Remembered {
  const descriptors = keys.map((key) => describe(object, key));
  return { name, object, prototype: getPrototypeOf(object), keys, descriptors, open };
}

/** An object and what hangs on it, by way of values and prototypes. */
function collect(name: string, object: object, into: Map<object, Remembered>, deep: number): void {
  if (into.has(object)) return;
  const one = remember(name, object);
  into.set(object, one);
  if (deep === 0) return;
  for (const [i, key] of one.keys.entries()) {
    const value = one.descriptors[i]?.value;
    if (carries(value)) collect(`${name}.${String(key)}`, value, into, deep - 1);
  }
  if (one.prototype) collect(`the prototype of ${name}`, one.prototype, into, deep - 1);
}

/** Changed by those who use it: the kernel seeds one, and sets the other. */
const moves = (key: PropertyKey) => key === 'random' || key === 'stackTraceLimit';

const isSame = (now?: PropertyDescriptor, was?: PropertyDescriptor) =>
  now && was ? is(now.value, was.value) && now.get === was.get && now.set === was.set : now === was;

/** Puts one object back. Names what was changed in it, if anything. */
function mend(one: Remembered): string | undefined {
  const { name, object, prototype, keys, descriptors } = one;
  let changed: string | undefined;
  if (getPrototypeOf(object) !== prototype) {
    changed = name;
    setPrototypeOf(object, prototype);
  }
  for (let i = 0; i < keys.length; i++) {
    const was = descriptors[i];
    if (moves(keys[i]) || isSame(describe(object, keys[i]), was)) continue;
    changed ??= `${name}.${text(keys[i])}`;
    if (was) defineProperty(object, keys[i], was);
    else deleteProperty(object, keys[i]);
  }
  return dropFurther(one) ?? changed;
}

function dropFurther({ name, object, keys, open }: Remembered): string | undefined {
  const now = ownKeys(object);
  if (open || now.length === keys.length) return undefined;
  for (let i = 0; i < now.length; i++) {
    let known = moves(now[i]);
    for (let k = 0; k < keys.length && !known; k++) known = keys[k] === now[i];
    if (known) continue;
    deleteProperty(object, now[i]);
    return `${name}.${text(now[i])}`;
  }
  return undefined;
}

/** Objects of the language that have no name of their own. */
const nameless = (): Record<string, object> => ({
  'the iterator of an array': getPrototypeOf([][Symbol.iterator]()),
  'the iterator of a Map': getPrototypeOf(new Map()[Symbol.iterator]()),
  'the iterator of a Set': getPrototypeOf(new Set()[Symbol.iterator]()),
  'the iterator of a string': getPrototypeOf(''[Symbol.iterator]()),
  'an async function': async () => {},
  'a generator': (function* () {})(),
  'an async generator': (async function* () {})(),
});

function* prototypesOf(object: object): Generator<object> {
  for (let at = getPrototypeOf(object); at; at = getPrototypeOf(at)) yield at;
}

/**
 * Remembers the global names given, all that hangs on them, and `roots` by name. The function it returns puts back
 * what has changed since and names it; undefined when nothing has.
 */
export function watchShared(
  globals: Iterable<string>,
  roots: Record<string, object>,
): () => string | undefined {
  const known = new Map<object, Remembered>();
  const names = [...globals];
  // Not the global object itself: it may get further names.
  known.set(globalThis, remember('globalThis', globalThis, names, true));
  for (const at of prototypesOf(globalThis)) collect('a prototype of globalThis', at, known, 0);
  for (const name of names) {
    const value = (globalThis as Record<string, unknown>)[name];
    if (carries(value)) collect(name, value, known, 3);
  }
  for (const [name, object] of Object.entries({ ...nameless(), ...roots })) collect(name, object, known, 3);
  const all = [...known.values()];
  return () => {
    let first: string | undefined;
    for (let i = 0; i < all.length; i++) {
      const changed = mend(all[i]);
      first ??= changed;
    }
    return first;
  };
}
