import type { CompiledCell } from '../../protocol.ts';
import { loadScript } from '../notebook/site.ts';

/** How much of a text is not the site's, in lines. */
export interface Difference {
  places: number;
  added: number;
  removed: number;
}

/** One place where two texts differ: the lines that are gone and new there, and the place in the second text. */
export interface Change {
  line: number;
  removed: string[];
  added: string[];
}

/** A text field for code, as the page talks to it. */
export interface CodeField {
  text(): string;
  /** Puts another text in; a reader can take it back with Undo. */
  put(text: string): void;
  focus(): void;
  /** Shows or hides what differs from the site's text. */
  showDifference(on: boolean): void;
  difference(): Difference;
  /** Marks a line and says why; without one takes the mark away. */
  mark(fault?: { line: number; message: string }): void;
  remove(): void;
}

export interface FieldOptions {
  host: HTMLElement;
  /** What a screen reader calls it. */
  label: string;
  text: string;
  /** The site's text, which differences are shown against. */
  original: string;
  readOnly?: boolean;
  /** A reader changed the text. */
  changed?: () => void;
  /** Ctrl or Command with Enter. */
  run?: () => void;
  /** Escape. */
  leave?: () => void;
}

/** What `_site/editor.js` brings: the field and the compiler, the same one that the build uses. */
export interface EditorBundle {
  /** @throws SyntaxError with the line of the cell, when the text does not parse. */
  compile(name: string, text: string): CompiledCell;
  lineOf(error: unknown): number | undefined;
  field(options: FieldOptions): CodeField;
  changes(from: string, to: string): Change[];
}

declare global {
  interface Window {
    workingPapersEditor?: EditorBundle;
  }
}

/** The editor and the compiler, loaded when a reader presses Edit or an edit waits. */
export async function editorBundle(): Promise<EditorBundle> {
  await loadScript('editor.js');
  return window.workingPapersEditor!;
}
