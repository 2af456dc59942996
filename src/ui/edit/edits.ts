import type { CellError, CompiledCell, Notebook } from '../../protocol.ts';
import { opening } from '../notebook/opening.ts';
import { type EditorBundle, editorBundle } from './bundle.ts';
import { olderEdit, openCell } from './cell-editor.ts';
import { compileError, withLine } from './faults.ts';
import {
  editOf,
  type Held,
  isEdited,
  isLinks,
  type LinkedText,
  type Opening,
  openingOf,
  plain,
} from './held.ts';
import { missingExport, type Refusal } from './imports.ts';
import { type SiteCell, siteCells } from './sources.ts';
import { type Edit, keepEdit, keptEdits, keyOf } from './store.ts';
import { noteOf } from './words.ts';

/** What the edits of a notebook need of it. */
export interface Subject {
  section: HTMLElement;
  notebook: Notebook;
  storage: () => Storage;
  /** Ctrl+Enter, or the button in the header of an open cell. */
  run(): void;
  /** Shows an error in the place of a cell; undefined takes it away. */
  error(cell: string, error: CellError | undefined): void;
}

const wait = { keep: 300, parse: 700 };

/**
 * The edits of a notebook: texts that stand in for the site's cells. They are kept on this device under the hash of
 * the cell that they edit, so that a newer release of the cell is never hidden by one.
 */
export function createEdits({ section, notebook, storage, run, error }: Subject) {
  const { slug } = notebook;
  const held = new Map<string, Held>();
  let bundle: EditorBundle;
  let sites: SiteCell[] = [];
  let made: { of: string; notebook: Notebook } | undefined;
  /** The edited cells of the last run. */
  let ran: string[] = [];
  /** A link's code waits for a click. */
  let pending = false;
  const timers = new Map<string, ReturnType<typeof setTimeout>>();
  /** Cells whose text did not compile when it was to run. */
  const refused = new Set<string>();
  /** What is still to be kept, by cell. */
  const unkept = new Map<string, () => void>();

  const articleOf = (cell: string) => section.querySelector<HTMLElement>(`[data-cell="${CSS.escape(cell)}"]`);
  const later = (name: string, milliseconds: number, act: () => void) => {
    clearTimeout(timers.get(name));
    timers.set(name, setTimeout(act, milliseconds));
  };
  const load = async () => {
    [bundle, sites] = await Promise.all([editorBundle(), siteCells(slug)]);
  };
  const edited = () => [...held.values()].filter(isEdited);

  function say(one: Held): void {
    const isNow = isEdited(one);
    const words = noteOf({
      edited: isNow,
      fromLink: one.link !== undefined,
      by: opening().by,
      changedHere: !isLinks(one),
      otherRelease: one.of !== one.site.hash,
      elsewhere: one.elsewhere,
      kept: one.kept,
      difference: one.open.field.difference(),
    });
    const offer = !isNow && one.undone ? 'Undo the reset' : one.earlier ? 'Back to my own edit' : '';
    one.open.say(words, isNow, offer);
    one.open.mayRun(!pending);
  }

  function keep(one: Held): void {
    unkept.delete(one.site.name);
    // A link's code is kept by its link; what the reader had before stays as it is.
    if (isLinks(one)) return;
    one.elsewhere = false;
    one.kept = keepEdit(slug, one.site.name, editOf(one), storage);
    say(one);
  }

  function typed(one: Held): void {
    one.text = one.open.field.text();
    const { name } = one.site;
    if (isEdited(one)) one.undone = undefined;
    one.open.field.mark();
    unkept.set(name, () => keep(one));
    later(`keep ${name}`, wait.keep, () => keep(one));
    later(`parse ${name}`, wait.parse, () => parse(one));
    say(one);
  }

  /** Marks the line that does not parse, while a reader types; what stands in the cell's place waits for Run. */
  function parse(one: Held): void {
    try {
      bundle.compile(one.site.name, one.text);
      if (refused.delete(one.site.name)) error(one.site.name, undefined);
    } catch (fault) {
      const { line, message } = compileError(bundle, one.site.name, fault);
      if (line) one.open.field.mark({ line, message });
    }
  }

  function openWith(site: SiteCell, opening: Opening): Held | undefined {
    const article = articleOf(site.name);
    if (!article) return undefined;
    held.get(site.name)?.open.remove();
    const text = { name: site.name, text: opening.text, original: site.text };
    const open = openCell(article, bundle, text, {
      typed: () => typed(one),
      run,
      reset: () => reset(one),
      close: () => close(one),
      back: () => back(one),
    });
    const one: Held = { site, kept: 'kept', ...opening, open };
    held.set(site.name, one);
    if (isEdited(one)) open.showDifference(true);
    say(one);
    return one;
  }

  function reset(one: Held): void {
    const before = { text: one.text, of: one.of };
    one.open.field.put(one.site.text);
    one.open.showDifference(false);
    Object.assign(one, { undone: before, of: one.site.hash });
    error(one.site.name, undefined);
    say(one);
    one.open.focusClose();
  }

  function close(one: Held): void {
    unkept.get(one.site.name)?.();
    held.delete(one.site.name);
    one.open.remove();
  }

  function back(one: Held): void {
    const own = one.undone && !isEdited(one) ? undefined : one.earlier;
    const from = own ?? one.undone;
    if (!from) return;
    if (own) Object.assign(one, { link: undefined, earlier: undefined });
    Object.assign(one, { of: from.of, undone: undefined });
    one.open.field.put(from.text);
    one.open.showDifference(true);
    one.open.field.focus();
  }

  function showOlder(site: SiteCell, edit: Edit): void {
    const article = articleOf(site.name);
    if (!article) return;
    const text = { name: site.name, text: edit.text, original: site.text };
    const box = olderEdit(article, bundle, text, {
      use() {
        box.remove();
        const one = openWith(site, { text: edit.text, of: site.hash });
        if (one) keep(one);
        one?.open.field.focus();
      },
      discard() {
        box.remove();
        keepEdit(slug, site.name, undefined, storage);
        article.querySelector<HTMLElement>('[data-edit]')?.focus();
      },
    });
  }

  /** The edited cells, compiled. @throws a Refusal for the first that cannot be. */
  function compiled(): CompiledCell[] {
    return edited().map(({ site, text }) => {
      try {
        return bundle.compile(site.name, text);
      } catch (fault) {
        throw { cell: site.name, error: compileError(bundle, site.name, fault) } satisfies Refusal;
      }
    });
  }

  function withEdits(cells: CompiledCell[]): Notebook {
    const of = JSON.stringify(cells);
    const all = notebook.cells.map((cell) => cells.find(({ name }) => name === cell.name) ?? cell);
    const missing = missingExport(all, (name) => cells.some((cell) => cell.name === name));
    if (missing) throw missing;
    if (made?.of !== of) made = { of, notebook: { slug, cells: all } };
    return made.notebook;
  }

  function flush(): void {
    for (const act of [...unkept.values()]) act();
  }
  window.addEventListener('storage', ({ key }) => {
    if (key !== keyOf(slug)) return;
    const kept = keptEdits(slug, storage);
    for (const one of held.values()) {
      const there = Object.hasOwn(kept, one.site.name) ? kept[one.site.name].text : one.site.text;
      one.elsewhere = !isLinks(one) && plain(there) !== plain(one.text);
      say(one);
    }
  });
  window.addEventListener('pagehide', flush);
  document.addEventListener('visibilitychange', flush);

  const texts = () => Object.fromEntries(edited().map(({ site, text }) => [site.name, plain(text)]));

  return {
    /** Opens a cell for editing. */
    async open(cell: string): Promise<void> {
      await load();
      const site = sites.find(({ name }) => name === cell);
      const one = site && (held.get(cell) ?? openWith(site, { text: site.text, of: site.hash }));
      one?.open.field.focus();
    },
    /** Shows what is kept of this paper, and a link's code. @throws when the editor does not load, or a cell is unknown. */
    async restore(linked: Record<string, LinkedText> = {}): Promise<void> {
      window.workingPapersOverlay ??= {};
      // A link's code is nobody's to take along until its reader has accepted it.
      window.workingPapersOverlay[slug] = () => (pending ? {} : texts());
      const kept = keptEdits(slug, storage);
      if (Object.keys(kept).length + Object.keys(linked).length === 0) return;
      await load();
      for (const site of sites) {
        const own = Object.hasOwn(kept, site.name) ? kept[site.name] : undefined;
        const { opening, older } = openingOf(site, own, linked[site.name]);
        if (opening) openWith(site, opening);
        if (older) showOlder(site, older);
      }
      pending = [...held.values()].some(({ link }) => link !== undefined) && Object.keys(linked).length > 0;
      for (const one of held.values()) say(one);
    },
    /** The names of the cells whose text is not the site's. */
    names: (): string[] => edited().map(({ site }) => site.name),
    /** The texts that are not the site's, with the hash of what they edit. */
    texts: (): Record<string, LinkedText> =>
      Object.fromEntries(edited().map(({ site, text, of }) => [site.name, { of, text: plain(text) }])),
    /** Those of them in the run that is on, or was last: a reader may type while it goes on. */
    ran: () => ran,
    isPending: () => pending,
    /** The reader pressed the button that runs a link's code. */
    accept(): void {
      pending = false;
      for (const one of held.values()) say(one);
    },
    /** The site's text again, or the reader's own edit, in the place of a link's code. */
    decline(): void {
      pending = false;
      for (const one of [...held.values()].filter(isLinks)) {
        const { site, earlier } = one;
        close(one);
        if (earlier) openWith(site, earlier);
      }
      for (const one of held.values()) say(one);
    },
    /** The notebook with its edits, and why it cannot run as it stands. */
    now(): { notebook: Notebook } | { refusal: Refusal } {
      flush();
      // From here on the run says what is wrong.
      for (const name of held.keys()) clearTimeout(timers.get(`parse ${name}`));
      try {
        const cells = edited().length > 0 ? compiled() : [];
        ran = cells.map(({ name }) => name);
        return { notebook: cells.length > 0 ? withEdits(cells) : notebook };
      } catch (refusal) {
        if (!(refusal as Refusal).cell) throw refusal;
        refused.add((refusal as Refusal).cell);
        return { refusal: refusal as Refusal };
      }
    },
    /** Marks the line of an error in an open cell. */
    mark(cell: string, fault: CellError | undefined): void {
      const line = fault?.line;
      held.get(cell)?.open.field.mark(line ? { line, message: fault.message } : undefined);
    },
    /** An error of an edited cell, in whole: a worker does not say where a script fails to parse. */
    async whole(cell: string, fault: CellError): Promise<CellError> {
      const ran = made?.notebook.cells.find(({ name }) => name === cell);
      return ran ? withLine(ran, fault) : fault;
    },
  };
}

export type EditsOf = ReturnType<typeof createEdits>;
