import type { Change, CodeField, FieldOptions } from './bundle.ts';

const key = 'working-papers-plain-field';

/** Whether the reader wants the browser's own text field: screen readers on phones, and dictation, know it best. */
export function wantsPlain(storage: () => Storage): boolean {
  try {
    return storage().getItem(key) === 'true';
  } catch {
    return false;
  }
}

/** Keeps the choice for all cells and pages. */
export function keepPlain(on: boolean, storage: () => Storage): void {
  try {
    if (on) storage().setItem(key, 'true');
    else storage().removeItem(key);
  } catch {
    // Then it holds for this cell alone.
  }
}

/** The difference, line by line: "− " before what is gone, "+ " before what is new. */
export const inLines = (changes: Change[]): string =>
  changes
    .map(({ line, removed, added }) =>
      [`line ${line}`, ...removed.map((text) => `− ${text}`), ...added.map((text) => `+ ${text}`)].join('\n'),
    )
    .join('\n');

/** The browser's own text field, in the place of the editor's; the difference is a text beneath it. */
export function plainField(
  { host, label, text, original, changed, run, leave }: FieldOptions,
  changesOf: (from: string, to: string) => Change[],
): CodeField {
  const field = document.createElement('textarea');
  const below = document.createElement('pre');
  Object.assign(field, { value: text, spellcheck: false, autocapitalize: 'off', wrap: 'off' });
  field.setAttribute('aria-label', label);
  Object.assign(below, { tabIndex: 0, hidden: true });
  below.setAttribute('role', 'group');
  below.setAttribute('aria-label', 'Difference');
  host.append(field, below);
  const changes = () => changesOf(original, field.value);

  function show(): void {
    field.rows = field.value.split('\n').length + 1;
    if (!below.hidden) below.textContent = inLines(changes()) || 'No line differs.';
  }
  show();
  field.oninput = () => {
    show();
    changed?.();
  };
  field.onkeydown = (event) => {
    const act =
      event.key === 'Escape'
        ? leave
        : event.key === 'Enter' && (event.ctrlKey || event.metaKey)
          ? run
          : undefined;
    if (!act) return;
    event.preventDefault();
    act();
  };

  return {
    text: () => field.value,
    put(next) {
      field.value = next;
      show();
      changed?.();
    },
    focus: () => field.focus(),
    showDifference(on) {
      below.hidden = !on;
      show();
    },
    difference: () => ({
      places: changes().length,
      added: changes().reduce((all, { added }) => all + added.length, 0),
      removed: changes().reduce((all, { removed }) => all + removed.length, 0),
    }),
    mark(fault) {
      field.setAttribute('aria-invalid', String(fault !== undefined));
      if (!fault) return;
      const from =
        field.value
          .split('\n')
          .slice(0, fault.line - 1)
          .join('\n').length + (fault.line > 1 ? 1 : 0);
      field.setSelectionRange(from, from);
    },
    remove: () => host.remove(),
  };
}
