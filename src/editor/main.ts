/** The editor's entry: what the page needs once somebody edits, in a script of its own. */
import { compileCell, lineOfSyntaxError } from '../compile-cell.ts';
import type { EditorBundle } from '../ui/edit/bundle.ts';
import { changesOf, codeField } from './field.ts';

const bundle: EditorBundle = {
  compile: compileCell,
  lineOf: lineOfSyntaxError,
  field: codeField,
  changes: changesOf,
};
self.workingPapersEditor = bundle;
