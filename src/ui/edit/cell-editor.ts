import type { CodeField, EditorBundle } from './bundle.ts';
import { keepPlain, plainField, wantsPlain } from './plain-field.ts';

/** What the buttons of an open cell do. */
export interface Acts {
  typed(): void;
  run(): void;
  reset(): void;
  close(): void;
  /** Takes back a reset, or a link's code that took the place of an edit. */
  back(): void;
}

export interface CellText {
  name: string;
  text: string;
  /** The site's. */
  original: string;
}

const button = (words: string, name: string, act: () => void) => {
  const element = document.createElement('button');
  Object.assign(element, { type: 'button', textContent: words, onclick: act });
  element.dataset.does = name;
  return element;
};

/** An open cell: the field in the place of the page's code, its buttons in the file's header, its note under it. */
export function openCell(
  article: HTMLElement,
  bundle: EditorBundle,
  { name, text, original }: CellText,
  acts: Acts,
) {
  const code = article.querySelector<HTMLElement>('.code')!;
  const header = code.querySelector<HTMLElement>('.file')!;
  const tools = document.createElement('div');
  tools.className = 'edit-tools';
  tools.setAttribute('role', 'group');
  tools.setAttribute('aria-label', `Edit ${name}.ts`);
  const run = button('Run', 'run', acts.run);
  const compare = button('Difference', 'difference', () =>
    showDifference(compare.getAttribute('aria-pressed') !== 'true'),
  );
  const reset = button('Reset', 'reset', acts.reset);
  const close = button('Close', 'close', acts.close);
  run.title = 'Ctrl or ⌘ with Enter';
  compare.setAttribute('aria-pressed', 'false');
  const plain = button('Plain', 'plain', () => usePlain(plain.getAttribute('aria-pressed') !== 'true'));
  plain.title = 'the browser’s own text field, for screen readers on phones and for dictation';
  plain.setAttribute('aria-pressed', String(wantsPlain(() => localStorage)));
  tools.append(run, compare, plain, reset, close);
  const note = document.createElement('p');
  note.className = 'edit-note';
  note.setAttribute('role', 'status');
  const words = document.createElement('span');
  const back = button('', 'back', acts.back);
  note.append(words, ' ', back);
  code.classList.add('editing');
  header.append(tools);
  header.after(note);
  let field = newField(text);

  function newField(now: string): CodeField {
    const host = document.createElement('div');
    host.className = 'code-field';
    note.after(host);
    const isPlain = plain.getAttribute('aria-pressed') === 'true';
    host.classList.toggle('plain', isPlain);
    const options = {
      host,
      label: `Text of ${name}.ts. Escape leaves the field`,
      text: now,
      original,
      changed: acts.typed,
      run: acts.run,
      leave: () => run.focus(),
    };
    return isPlain ? plainField(options, bundle.changes) : bundle.field(options);
  }

  function usePlain(on: boolean): void {
    plain.setAttribute('aria-pressed', String(on));
    keepPlain(on, () => localStorage);
    const now = field.text();
    field.remove();
    field = newField(now);
    field.showDifference(compare.getAttribute('aria-pressed') === 'true');
  }

  function showDifference(on: boolean): void {
    compare.setAttribute('aria-pressed', String(on));
    field.showDifference(on);
  }

  return {
    get field() {
      return field;
    },
    showDifference,
    /** Says how the text stands; `offer` is what the note's button says, '' for none. */
    say(said: string, edited: boolean, offer: string): void {
      if (words.textContent !== said) words.textContent = said;
      code.classList.toggle('edited', edited);
      reset.hidden = compare.hidden = !edited;
      close.hidden = edited;
      back.hidden = offer === '';
      back.textContent = offer;
    },
    /** A link's code runs by one button alone, which says whose it is. */
    mayRun(on: boolean): void {
      run.hidden = !on;
    },
    focusClose: () => close.focus(),
    /** Gives the page's own code its place again. */
    remove(): void {
      field.remove();
      tools.remove();
      note.remove();
      code.classList.remove('editing', 'edited');
      header.querySelector<HTMLElement>('[data-edit]')?.focus();
    },
  };
}

export type OpenCell = ReturnType<typeof openCell>;

/** Under the site's newer cell: a reader's edit of an older one, whole, with what differs, to use or to discard. */
export function olderEdit(
  article: HTMLElement,
  bundle: EditorBundle,
  { name, text, original }: CellText,
  acts: { use(): void; discard(): void },
): { remove(): void } {
  const box = document.createElement('section');
  box.className = 'older-edit';
  box.setAttribute('aria-label', `Your edit of an older ${name}.ts`);
  const words = document.createElement('p');
  words.textContent = `The site’s ${name}.ts has changed since you edited it. The site’s text, above, is what runs; your edit is below, against it.`;
  const host = document.createElement('div');
  host.className = 'code-field';
  box.append(
    words,
    button('Use my edit', 'use', acts.use),
    button('Discard it', 'discard', acts.discard),
    host,
  );
  article.querySelector('.code .cell-error')!.after(box);
  const field = bundle.field({
    host,
    label: `Your edit of an older ${name}.ts, read only`,
    text,
    original,
    readOnly: true,
  });
  field.showDifference(true);
  return {
    remove() {
      field.remove();
      box.remove();
    },
  };
}
