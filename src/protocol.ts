/**
 * The words both threads speak, and what a recording is made of. Types only.
 * Everything here survives `structuredClone` and `JSON.stringify`, except the bytes of `asset` messages in JSON.
 */

/** A value a reader can set: slider → number, select and variant → string, toggle → boolean. */
export type ControlValue = number | string | boolean;
export type Settings = Record<string, ControlValue>;

/** What a cell asked for with `slider`, `select`, `toggle` or `variant`, or the notebook's own `seed`. */
export interface ControlSpec {
  /** Identity: in the URL, in `breaks`, in formula links. Unique in a notebook. */
  key: string;
  kind: 'slider' | 'select' | 'toggle' | 'variant' | 'seed';
  /** Name of the cell file that asked first, without `.ts`. */
  cell: string;
  /** Words beside the control; the key when the cell gave none. */
  label: string;
  /** The cell's own default. */
  value: ControlValue;
  min?: number;
  max?: number;
  step?: number;
  scale?: 'linear' | 'log';
  /** For select and variant, in order; the first of a variant is the paper's. */
  options?: ControlValue[];
}

/** A record of a figure's data. */
export type Row = Record<string, number | string | boolean | null>;

/** One mark of Observable Plot: its name there, its data, its options (field names and constants only). */
export interface MarkSpec {
  mark: string;
  /** Null for marks without data (`frame`, `gridX`); numbers and strings for `ruleY([0])` and the like. */
  data: Row[] | (number | string)[] | null;
  options: Record<string, unknown>;
}

/** `Plot.plot({...})` as data. `title` says what to see; it is drawn by the site, not by Plot. */
export interface PlotOutput {
  kind: 'plot';
  title?: string;
  /** Plot's own options (x, y, color, width ratio...), without marks and title. */
  options: Record<string, unknown>;
  marks: MarkSpec[];
}

/** One row of small pictures. `pixels` is base64 of one byte per value, image after image, row-major. */
export interface ImageRow {
  label: string;
  /** Which ink frames the row; 'plain' for none. */
  ink: 'plain' | 'mechanism' | 'baseline' | 'broken';
  count: number;
  height: number;
  width: number;
  /** 1: intensity. 3: RGB. */
  channels: 1 | 3;
  pixels: string;
}
export interface ImagesOutput {
  kind: 'images';
  title?: string;
  rows: ImageRow[];
  /** A word under each column, if any. */
  columns?: string[];
  /**
   * How bytes become colour. 'ink': 0 is the page, 255 full ink (follows light and dark).
   * 'diverging': 0 is full vermilion (negative), 128 the page, 255 full ultramarine (positive).
   * 'rgb': as they are, for three channels.
   */
  palette: 'ink' | 'diverging' | 'rgb';
  /** The values that became bytes 0 and 255, for the legend. */
  range: [number, number];
}

export interface TableOutput {
  kind: 'table';
  title?: string;
  rows: Row[];
}

/** A Markdown string with the closed set: paragraphs, lists, **strong**, *em*, `code`, links inside the site. */
export interface TextOutput {
  kind: 'text';
  markdown: string;
}

/** The same figure over a list of recorded frames, with a slider for the reader. */
export interface ScrubOutput {
  kind: 'scrub';
  title?: string;
  /** What the slider runs over, e.g. "training step". */
  label: string;
  frames: { at: number | string; output: PlotOutput | ImagesOutput | TableOutput | TextOutput }[];
}

export type Output = PlotOutput | ImagesOutput | TableOutput | TextOutput | ScrubOutput;

/** What a cell showed under a name. `id` is the name as an address, unique in the notebook. */
export interface Shown {
  cell: string;
  name: string;
  id: string;
  output: Output;
}

export type Bound =
  | { below: number }
  | { above: number }
  | { near: number; within: number }
  | { between: [number, number] };

/** A claim with its measured value: data, not an assertion. */
export interface CheckResult {
  cell: string;
  /** The claim as an address, unique in the notebook. */
  id: string;
  claim: string;
  /** Not finite: never holds. Stored as null in JSON. */
  measured: number | null;
  bound: Bound;
  because: string;
  /** A setting of this notebook's controls under which the check must not hold. */
  breaks: Settings;
  holds: boolean;
}

/** A cell ready to run: `body` is the body of an async function of (require, exports). Lines equal the source's. */
export interface CompiledCell {
  name: string;
  body: string;
  /** Specifiers as written: 'lab', '@tensorflow/tfjs', './mechanism', '../other/mechanism'. */
  imports: string[];
  exports: string[];
}

/** A notebook as the page carries it to the kernel. Cells are in reading order. */
export interface Notebook {
  slug: string;
  cells: CompiledCell[];
}

/** `recorded.json`: the last run of `npm run record <slug>`. */
export interface Recording {
  /** Hash of the cells, the foreign mechanisms and data they import, and the seed. Stale: the build stops. */
  sources: string;
  /** Hash of lab and kernel. Differs: the page no longer says "by exactly this code". */
  runtime: string;
  /** E.g. "WASM, Node 24". */
  environment: string;
  seed: number;
  /** Files of the site that the run read, e.g. "data/mnist-8.safetensors.gz"; they are part of `sources`. */
  assets: string[];
  milliseconds: number;
  /** Milliseconds of `probeDevice` on the machine that recorded. */
  probe?: number;
  /** Kernels dispatched in the run. */
  kernels: number;
  /** Greatest number of bytes held in tensors. */
  peakBytes: number;
  controls: ControlSpec[];
  shown: Shown[];
  checks: CheckResult[];
  /** Measured values of every check on further seeds, in the order of `checks`. */
  seeds: { seed: number; measured: (number | null)[]; holds: boolean[] }[];
  /** Each check under its `breaks`, in the order of `checks`. */
  broken: { measured: number | null; holds: boolean }[];
  /** Every check at each setting that the text of the page speaks of, in the order of `checks`. */
  tries?: { set: Settings; measured: (number | null)[]; holds: boolean[] }[];
}

export type BackendName = 'webgpu' | 'wasm' | 'cpu';

/** What the known-answer test said of one backend. */
export interface Verdict {
  backend: BackendName;
  /** GPU adapter in words ("Apple M2"), or the engine ("SIMD"). */
  device: string;
  operations: number;
  agree: number;
  /** Largest relative difference among those that agree. */
  worst: number;
  /** Operations that do not agree, by name. Not empty: the backend is refused. */
  wrong: string[];
  /** Why this backend was not used, in one sentence; empty if it was. */
  refused: string;
}

/** An error as the reader sees it: what was found, where, what to do. */
export interface CellError {
  kind: 'throw' | 'memory' | 'device' | 'missing' | 'syntax' | 'loop';
  message: string;
  /** Line in the author's text, 1-based; absent when unknown. */
  line?: number;
  column?: number;
  /** What to do. */
  hint?: string;
}

/** One operation of TensorFlow.js in a run: its kernel, the shapes it was given, and samples of what it gave. */
export interface Operation {
  kernel: string;
  inputs: number[][];
  output: number[];
  samples: number[];
}
export type TracedOperation = Operation & { cell: string };

/** A tensor with all its values. */
export interface WholeTensor {
  shape: number[];
  dtype: 'float32' | 'int32' | 'bool';
  values: Float32Array | Int32Array | Uint8Array;
}

/** One operation of TensorFlow.js with everything it was given and gave: it can be done again elsewhere. */
export interface WholeOperation {
  kernel: string;
  /** By name, or a list where the kernel takes one. */
  inputs: Record<string, WholeTensor> | WholeTensor[];
  attributes: object;
  outputs: WholeTensor[];
}

export type ToKernel =
  /** `proved`: what an earlier kernel was found to be; on the same device of the same backend it is not tested again. */
  | { type: 'open'; backend?: BackendName; allowSoftware?: boolean; proved?: Verdict }
  | { type: 'load'; notebook: Notebook }
  /**
   * `cut`: loops over a number of steps end after that many; tests compare backends that way.
   * `only`: the one cell that is wanted; cells that it does not need are left out.
   * `quiet`: figures and progress are not told, because nobody looks; checks are.
   * `trace`: what every operation gave is told, up to so many; to compare backends in step.
   * `whole`: operations are told with all their values, some of each kind; for another kernel's `operate`.
   */
  | {
      type: 'run';
      run: number;
      settings: Settings;
      force?: boolean;
      cut?: number;
      only?: string;
      quiet?: boolean;
      trace?: number;
      whole?: { ofAKind: number; again: number; affordable: number };
    }
  | { type: 'operate'; id: number; operation: WholeOperation }
  | { type: 'stop'; run: number }
  | { type: 'asset'; name: string; bytes?: ArrayBuffer; error?: string };

export type FromKernel =
  | { type: 'opened'; verdict: Verdict; tried: Verdict[] }
  | { type: 'failed'; error: CellError }
  | { type: 'want'; name: string }
  | { type: 'phase'; phase: 'backend' | 'self-test' }
  | { type: 'run-start'; run: number }
  | { type: 'cell-start'; run: number; cell: string }
  | { type: 'cell-kept'; run: number; cell: string }
  | { type: 'control'; run: number; spec: ControlSpec }
  | { type: 'output'; run: number; shown: Shown }
  | { type: 'check'; run: number; check: CheckResult }
  | { type: 'progress'; run: number; cell: string; label: string; done: number; total: number }
  | { type: 'traced'; run: number; cell: string; operations: Operation[] }
  | { type: 'operation'; run: number; operation: WholeOperation }
  | { type: 'operated'; id: number; outputs?: WholeTensor[]; error?: string }
  | { type: 'cell-end'; run: number; cell: string; milliseconds: number; kernels: number }
  | { type: 'cell-error'; run: number; cell: string; error: CellError }
  | {
      type: 'run-end';
      run: number;
      outcome: 'done' | 'stopped' | 'error';
      milliseconds: number;
      kernels: number;
      peakBytes: number;
      tensors: number;
    }
  | { type: 'device-lost'; reason: string };
