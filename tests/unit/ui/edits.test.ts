import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { compileCell } from '../../../src/compile-cell.ts';
import { compileError } from '../../../src/ui/edit/faults.ts';
import { editOf, type Held, openingOf, plain } from '../../../src/ui/edit/held.ts';
import { missingExport } from '../../../src/ui/edit/imports.ts';
import { noteOf } from '../../../src/ui/edit/words.ts';
import { settingsOfQuery } from '../../../src/ui/notebook/settings.ts';

const site = { name: 'experiment', text: 'const a = 1;', hash: 'now' };
const own = { of: 'now', text: 'const a = 2;', at: '' };
const linked = { of: 'now', text: 'const a = 3;' };

test('an edit of this release opens; one of another release stands beside the site’s text', () => {
  expect(openingOf(site, own, undefined)).toEqual({ opening: own });
  const older = { ...own, of: 'before' };
  expect(openingOf(site, older, undefined)).toEqual({ older });
  // The site has become what the reader made of it.
  expect(openingOf(site, { ...older, text: 'const a = 1;\n' }, undefined)).toEqual({});
  expect(openingOf(site, undefined, undefined)).toEqual({});
});

test('a link’s code comes first, and the reader’s own edit is kept beside it', () => {
  expect(openingOf(site, own, linked)).toEqual({
    opening: { ...linked, link: linked.text, earlier: { of: 'now', text: own.text } },
  });
  expect(openingOf(site, undefined, { ...linked, text: site.text })).toEqual({});
  // What the reader made of this very link.
  const mine = { ...own, link: linked.text };
  expect(openingOf(site, mine, linked)).toEqual({ opening: mine });
});

test('what is kept of a cell: the reader’s text; of a reset one what was there before the link', () => {
  const held = { site, kept: 'kept', of: 'now', open: {} } as unknown as Held;
  expect(editOf({ ...held, text: 'const a = 1;\r\n\n' })).toBeUndefined();
  expect(editOf({ ...held, text: 'x' })).toMatchObject({ of: 'now', text: 'x' });
  const earlier = { of: 'now', text: 'mine' };
  expect(editOf({ ...held, text: site.text, link: 'x', earlier })).toMatchObject(earlier);
  expect(editOf({ ...held, text: 'y', link: 'x', earlier })).toMatchObject({ text: 'y', link: 'x', earlier });
});

test('lines end as the site’s do', () => {
  expect(plain('a\r\nb\n\n')).toBe('a\nb');
});

const cells = (mechanism: string, experiment: string) => [
  compileCell('mechanism', mechanism),
  compileCell('experiment', experiment),
];

test('an import of what an edit no longer exports names both cells', () => {
  const uses = "import { energy, update as step } from './mechanism';\nenergy(step(1));";
  const edited = (name: string) => name === 'mechanism';
  expect(
    missingExport(cells('export const energy = 1; export const [update] = [2];', uses), edited),
  ).toBeUndefined();
  const found = missingExport(cells('export const energy = 1;', uses), edited)!;
  expect(found.cell).toBe('experiment');
  expect(found.error.message).toBe(
    "experiment.ts imports 'update' from mechanism.ts, which does not export it as it stands now; it exports energy",
  );
  expect(found.error.hint).toContain('mechanism.ts');
  expect(found.error.hint).toContain('experiment.ts');
  // Neither cell is edited: the kernel's to say.
  expect(missingExport(cells('export const energy = 1;', uses), () => false)).toBeUndefined();
  const star = "export * from '@tensorflow/tfjs';";
  expect(missingExport(cells(star, uses), edited)).toBeUndefined();
  // A whole module under one name: the kernel says it where the name is used.
  const whole = "import * as m from './mechanism';\nm.gone();";
  expect(missingExport(cells('export const energy = 1;', whole), edited)).toBeUndefined();
});

test('every import of the library’s own cells is found exported', async () => {
  const { papersWithCells, readNotebook } = await import('../../../src/build/cells.ts');
  for (const slug of papersWithCells())
    expect(
      missingExport(readNotebook(slug).cells, () => true),
      slug,
    ).toBeUndefined();
});

test('a text that does not parse says at which line', () => {
  const bundle = {
    compile: compileCell,
    lineOf: (error: unknown) => Number(/\(line (\d+)/.exec(String(error))?.[1]),
  } as any;
  try {
    compileCell('experiment', 'const a = 1;\nconst b = ;\n');
    expect.unreachable();
  } catch (error) {
    expect(compileError(bundle, 'experiment', error)).toEqual({
      kind: 'syntax',
      message: 'the text does not parse: Unexpected token',
      line: 2,
      hint: 'Mend the line, or press Reset for the text of the site.',
    });
  }
});

test('the note says whose text it is and where it is kept', () => {
  const state = {
    edited: true,
    fromLink: false,
    changedHere: true,
    otherRelease: false,
    kept: 'kept' as const,
    difference: { places: 2, added: 2, removed: 1 },
  };
  expect(noteOf(state)).toBe('Edited: 2 lines new, 1 line gone. Kept on this device only.');
  expect(noteOf({ ...state, kept: 'full' })).toContain('storage is full: copy the text');
  expect(noteOf({ ...state, kept: 'refused' })).toContain('keeps nothing for this page: copy the text');
  expect(noteOf({ ...state, fromLink: true, changedHere: false })).toMatch(
    /^From a link, not the site’s code/,
  );
  expect(noteOf({ ...state, fromLink: true, changedHere: false, by: 'file' })).toMatch(
    /^From this file, not the site’s code/,
  );
  expect(noteOf({ ...state, fromLink: true, otherRelease: true })).toContain('another release of this cell');
});

test('controls that only edits have are set by the address; what others add to it is none', () => {
  expect(
    settingsOfQuery('?gamma=3&backend=wasm&software=true&utm_source=x&fbclid=y&a.b=1', [], true),
  ).toEqual({ gamma: '3' });
  expect(settingsOfQuery('?gamma=3', [])).toEqual({});
});

test('the editor’s inks are the page’s', () => {
  const page = readFileSync('src/styles/notebook.css', 'utf8');
  const editor = readFileSync('src/styles/editor.css', 'utf8');
  const inks = [...editor.matchAll(/--code-(\w+): light-dark\((#\w{6}), (#\w{6})\);/g)];
  expect(inks.length).toBeGreaterThan(5);
  for (const [, name, light, dark] of inks) {
    const rule = name === 'plain' ? 'pre.shiki' : `.${name}`;
    expect(page, name).toContain(`${rule} {\n  --shiki-light: ${light};\n  --shiki-dark: ${dark};`);
  }
});
