import { EditorView } from '@codemirror/view';

const line = 'color-mix(in srgb, var(--mechanism) 5%, transparent)';
const words = 'color-mix(in srgb, var(--mechanism) 6%, transparent)';
const gone = 'color-mix(in srgb, var(--broken) 5%, transparent)';
const goneWords = 'color-mix(in srgb, var(--broken) 6%, transparent)';

/** The field in the type and the colours of the page, which reach into its shadow root as variables. */
export const look = EditorView.theme({
  '&': { color: 'var(--code-plain)', backgroundColor: 'var(--raised)', borderRadius: '6px' },
  '&.cm-focused': { outline: '2px solid var(--mechanism)', outlineOffset: '1px' },
  '.cm-scroller': {
    font: '400 13px / 1.65 var(--mono)',
    fontVariantLigatures: 'none',
    scrollbarWidth: 'thin',
  },
  '.cm-content': { caretColor: 'var(--ink)', padding: '6px 0' },
  '.cm-line': { padding: '0 4px 0 6px' },
  '.cm-gutters': {
    backgroundColor: 'transparent',
    border: '0',
    color: 'var(--muted)',
    fontSize: '11px',
    lineHeight: '21.45px',
  },
  '.cm-lineNumbers .cm-gutterElement': { padding: '0 2px 0 4px', minWidth: '22px' },
  '&.cm-focused .cm-matchingBracket': { backgroundColor: 'var(--lit)' },
  '&.cm-focused .cm-nonmatchingBracket': { backgroundColor: goneWords },
  // What is new carries the ink of what is alive, what is gone that of what is broken: bars beside them say it, too.
  '&.cm-merge-b .cm-changedLine, & .cm-inlineChangedLine': { backgroundColor: line },
  '&.cm-merge-b .cm-changedText': { background: words },
  '& .cm-deletedChunk': { backgroundColor: gone, paddingLeft: '6px' },
  '& .cm-deletedChunk .cm-deletedText': { background: goneWords },
  '&.cm-merge-b .cm-changedLineGutter': { background: 'var(--mechanism)' },
  '& .cm-deletedLineGutter': { background: 'var(--broken)' },
  '& .cm-deletedLine, & .cm-deletedLine del': { textDecoration: 'none' },
  '.cm-tooltip': {
    backgroundColor: 'var(--raised)',
    border: '1px solid var(--rule)',
    color: 'var(--ink)',
    font: '400 13px / 1.45 var(--sans)',
    maxWidth: '48ch',
  },
  '.cm-diagnostic-error': { borderLeft: '3px solid var(--broken)' },
  '.cm-lintRange-error': {
    backgroundImage: 'none',
    textDecoration: 'underline wavy var(--broken)',
    textUnderlineOffset: '3px',
  },
});
