import fc from 'fast-check';
import { expect, test } from 'vitest';
import { differenceOf } from '../../../src/ui/share/compare.ts';
import { fragmentOf, LinkError, type Shared, sharedOf, sumOf } from '../../../src/ui/share/format.ts';
import { packed, unpacked } from '../../../src/ui/share/pack.ts';

const numRuns = process.env.ALL ? 10_000 : 500;
const full: Shared = {
  page: '307fb037b7c167f1',
  on: 'WASM (SIMD)',
  measured: { 'bits-wrong': 0.0123, 'not-a-number': null, tiny: 4.76837158e-7 },
  set: { gamma: '3' },
  edits: { mechanism: { of: 'hash', text: "export const β = '💡';\n\tif (a < b && c) {}" } },
};
/** What reading a fragment comes to: a state, undefined, or one sentence. Anything else is thrown on. */
const read = (fragment: string) =>
  sharedOf(fragment).catch((error) => {
    if (error instanceof LinkError) return error.message;
    throw error;
  });
const signed = (text: string) => `${text}&sum=${sumOf(text)}`;

test('a link brings back what was put in, and is readable but for the code', async () => {
  const fragment = await fragmentOf(full);
  expect(await sharedOf(fragment)).toEqual(full);
  expect(await fragmentOf({ ...full, edits: {} })).toBe(
    signed(
      '#shared=1&page=307fb037b7c167f1&on=WASM+%28SIMD%29&got.bits-wrong=0.0123&got.not-a-number=x&got.tiny=4.76837158e-7&set.gamma=3',
    ),
  );
});

test('any state comes back from its link', async () => {
  const key = fc.stringMatching(/^[\w-]{1,20}$/);
  const state = fc.record({
    page: fc.stringMatching(/^[0-9a-f]{16}$/),
    on: fc.stringMatching(/^[\w ()]{0,30}$/),
    measured: fc.dictionary(
      key,
      fc.option(fc.float({ noNaN: true, noDefaultInfinity: true }).filter((v) => !Object.is(v, -0))),
    ),
    set: fc.dictionary(key, fc.stringMatching(/^[\w .-]{0,20}$/)),
    edits: fc.dictionary(
      key,
      fc.record({ of: fc.string(), text: fc.string({ unit: 'grapheme', maxLength: 400 }) }),
      { maxKeys: 4 },
    ),
  });
  await fc.assert(
    fc.asyncProperty(state, async (shared) => {
      const back = (await sharedOf(await fragmentOf(shared)))!;
      expect({ ...back, measured: 0 }).toEqual({ ...shared, measured: 0 });
      for (const [id, value] of Object.entries(shared.measured)) {
        if (value === null) expect(back.measured[id]).toBeNull();
        else expect(Math.abs(back.measured[id]! - value)).toBeLessThanOrEqual(1e-8 * Math.abs(value));
      }
    }),
    { numRuns: Math.min(numRuns, 1000) },
  );
}, 120_000);

test('any text after # gives a state or one sentence, never another error', async () => {
  const inner = fc.oneof(
    fc.string(),
    fc.string({ unit: 'binary' }),
    fc.webFragments(),
    fc
      .array(
        fc.tuple(
          fc.constantFrom('got.', 'set.', 'edits', 'page', 'on', '__proto__', 'got.__proto__', 'sum'),
          fc.string(),
        ),
      )
      .map((pairs) => pairs.map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join('&')),
    fc.json().map((text) => `edits=${btoa(unescape(encodeURIComponent(text)))}`),
    fc.uint8Array({ maxLength: 200 }).map((bytes) => `edits=${Buffer.from(bytes).toString('base64url')}`),
  );
  const fragment = fc.oneof(
    inner,
    inner.map((text) => `#${text}`),
    fc.tuple(fc.nat(3), inner).map(([version, text]) => `#shared=${version}&${text}`),
    // Forged: with a sum that is right.
    inner.map((text) => signed(`#shared=1&${text}`)),
  );
  const told = { states: 0, sentences: 0, ordinary: 0 };
  await fc.assert(
    fc.asyncProperty(fragment, async (text) => {
      const found = await read(text);
      if (found === undefined) told.ordinary += 1;
      else if (typeof found === 'string') {
        told.sentences += 1;
        expect(found).toMatch(/^This link .*\.$/);
      } else {
        told.states += 1;
        expect(Object.getPrototypeOf(found.measured)).toBe(Object.prototype);
        for (const value of Object.values(found.measured))
          expect(value === null || Number.isFinite(value)).toBe(true);
        for (const edit of Object.values(found.edits))
          expect([typeof edit.of, typeof edit.text]).toEqual(['string', 'string']);
      }
    }),
    { numRuns },
  );
  // The cases reach all three ends.
  expect(Math.min(...Object.values(told))).toBeGreaterThan(10);
}, 120_000);

test('any JSON as the code of a forged link is refused or is texts', async () => {
  await fc.assert(
    fc.asyncProperty(fc.jsonValue(), async (value) => {
      const found = await read(signed(`#shared=1&page=a&edits=${await packed(value)}`));
      if (typeof found === 'string') expect(found).toMatch(/^This link holds .*\.$/);
      else
        for (const { of, text } of Object.values(found!.edits))
          expect([typeof of, typeof text]).toEqual(['string', 'string']);
    }),
    { numRuns },
  );
}, 120_000);

test('a link that is cut anywhere says so, and one with another letter says that', async () => {
  const fragment = await fragmentOf(full);
  for (let at = '#shared='.length; at < fragment.length; at += 1)
    expect(await read(fragment.slice(0, at)), fragment.slice(0, at)).toMatch(/cut off|changed on its way/);
  for (let at = '#shared=1'.length; at < fragment.length; at += 1) {
    const other = fragment[at] === 'a' ? 'b' : 'a';
    expect(typeof (await read(fragment.slice(0, at) + other + fragment.slice(at + 1))), `letter ${at}`).toBe(
      'string',
    );
  }
});

test('each bad link has its own sentence', async () => {
  expect(await read('#notebook')).toBeUndefined();
  expect(await read('')).toBeUndefined();
  expect(await read('#shared=2&what=ever')).toContain('newer release');
  expect(await read('#shared=1&page=a')).toContain('cut off');
  expect(await read('#shared=1&page=a&sum=00000000')).toContain('changed on its way');
  expect(await read(signed('#shared=1&got.a=alert(1)'))).toContain('where a measured value belongs');
  expect(await read(signed('#shared=1&edits=%20%20'))).toContain('cannot be unpacked');
  expect(
    await read(signed(`#shared=1&edits=${await packed({ '../x/mechanism': { of: '', text: '' } })}`)),
  ).toContain('no known form');
  expect(await read(`#shared=1&${'a'.repeat(500_000)}`)).toContain('more than a page can');
});

test('a small link cannot unpack to much', async () => {
  const bomb = await packed('0'.repeat(5_000_000));
  expect(bomb.length).toBeLessThan(20_000);
  await expect(unpacked(bomb, 400_000)).rejects.toThrow('more than expected');
  expect(await read(signed(`#shared=1&edits=${bomb}`))).toContain('cannot be unpacked');
});

test('two measurements differ in words', () => {
  expect(differenceOf(1, 1.00000001)).toBe('the same');
  expect(differenceOf(2, 2.02)).toBe('+1 %');
  expect(differenceOf(2, 1.99)).toBe('−0.5 %');
  expect(differenceOf(0, 0.25)).toBe('+0.25');
  expect(differenceOf(1e-6, 0.5)).toBe('+0.5');
  expect(differenceOf(null, null)).toBe('the same');
  expect(differenceOf(null, 1)).toBe('not comparable');
  expect(differenceOf(1, undefined)).toBe('');
});
