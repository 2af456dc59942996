import { defaultKeymap, history, historyKeymap } from '@codemirror/commands';
import { javascript } from '@codemirror/lang-javascript';
import { bracketMatching, indentOnInput, syntaxHighlighting } from '@codemirror/language';
import { setDiagnostics } from '@codemirror/lint';
import { Chunk, unifiedMergeView } from '@codemirror/merge';
import { Compartment, EditorState, type Extension, Text } from '@codemirror/state';
import { EditorView, keymap, lineNumbers } from '@codemirror/view';
import type { Change, CodeField, Difference, FieldOptions } from '../ui/edit/bundle.ts';
import { inks } from './inks.ts';
import { look } from './look.ts';

/**
 * A field for code. It stands in a shadow root: there CodeMirror gives its styles as constructed sheets, which the
 * page's policy lets pass, where it would refuse a style element. Tab leaves the field, as it does any other.
 */
export function codeField(options: FieldOptions): CodeField {
  const root = options.host.attachShadow({ mode: 'open' });
  const comparison = new Compartment();
  const original = Text.of(options.original.split('\n'));
  const view = new EditorView({
    root,
    parent: root,
    state: EditorState.create({ doc: options.text, extensions: [...setup(options), comparison.of([])] }),
  });
  // The page's own keys, such as "/" for the search, are none while somebody types code.
  options.host.addEventListener('keydown', (event) => event.stopPropagation());
  return {
    text: () => view.state.doc.toString(),
    put: (text) => view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: text } }),
    focus: () => view.focus(),
    showDifference: (on) => view.dispatch({ effects: comparison.reconfigure(on ? compared(original) : []) }),
    difference: () => differenceOf(original, view.state.doc),
    mark(fault) {
      const { doc } = view.state;
      const at = fault && doc.line(Math.min(Math.max(1, fault.line), doc.lines));
      const found = at
        ? [{ from: at.from, to: at.to, severity: 'error' as const, message: fault.message }]
        : [];
      view.dispatch(setDiagnostics(view.state, found));
    },
    remove() {
      view.destroy();
      options.host.remove();
    },
  };
}

const setup = ({ label, readOnly = false, changed, run, leave }: FieldOptions): Extension[] => [
  lineNumbers(),
  history(),
  indentOnInput(),
  bracketMatching(),
  javascript({ typescript: true }),
  syntaxHighlighting(inks),
  look,
  EditorState.readOnly.of(readOnly),
  EditorState.tabSize.of(2),
  EditorView.contentAttributes.of({
    // Editable text is reached by Tab anyway; said, so that tools which look for it find it.
    tabindex: '0',
    'aria-label': label,
    ...(readOnly && { 'aria-readonly': 'true' }),
  }),
  EditorView.updateListener.of((update) => update.docChanged && changed?.()),
  keymap.of([
    { key: 'Mod-Enter', run: () => did(run) },
    { key: 'Escape', run: () => did(leave) },
    ...defaultKeymap,
    ...historyKeymap,
  ]),
];

function did(act: (() => void) | undefined): boolean {
  act?.();
  return act !== undefined;
}

const compared = (original: Text): Extension =>
  unifiedMergeView({ original, mergeControls: false, syntaxHighlightDeletions: true });

/** The places where two texts differ, by the same comparison that marks them in the field. */
export function changesOf(from: string, to: string): Change[] {
  return changesIn(Text.of(from.split('\n')), Text.of(to.split('\n')));
}

function changesIn(a: Text, b: Text): Change[] {
  const lines = (doc: Text, from: number, to: number) =>
    to > from ? doc.sliceString(from, Math.min(to, doc.length + 1) - 1).split('\n') : [];
  return Chunk.build(a, b).map((chunk) => ({
    line: b.lineAt(Math.min(chunk.fromB, b.length)).number,
    removed: lines(a, chunk.fromA, chunk.toA),
    added: lines(b, chunk.fromB, chunk.toB),
  }));
}

function differenceOf(a: Text, b: Text): Difference {
  const changes = changesIn(a, b);
  const sum = (count: (change: Change) => number) => changes.reduce((all, change) => all + count(change), 0);
  return {
    places: changes.length,
    added: sum(({ added }) => added.length),
    removed: sum(({ removed }) => removed.length),
  };
}
